/** The go-live checks that a client must pass in the sandbox before it receives real leads, and how to pass each. */

/** One drill: a match that is delivered to the client a second time. */
export interface Drill {
  readonly leadId: string;
  /** When a read first began before the match again; null before that. */
  readonly servedAt: Date | null;
  /** When the client then acknowledged the match or a later event; null before that. */
  readonly acknowledgedAt: Date | null;
  readonly outcomes: readonly { readonly hasExternalId: boolean; readonly reportedAt: Date }[];
}

export interface GoLiveProgress {
  readonly matchAcknowledgedAt: Date | null;
  readonly revocationAcknowledgedAt: Date | null;
  /** Newest first. */
  readonly drills: readonly Drill[];
}

export interface Check {
  readonly passedAt: Date | null;
  /** What to do to pass; null once the check has passed. */
  readonly todo: string | null;
}

export interface GoLive {
  readonly acknowledgedMatch: Check;
  readonly acknowledgedRevocation: Check;
  readonly survivedDuplicate: Check;
}

export function goLiveOf({ matchAcknowledgedAt, revocationAcknowledgedAt, drills }: GoLiveProgress): GoLive {
  return {
    acknowledgedMatch: check(
      matchAcknowledgedAt,
      "Create a lead with sandboxMatch, read it from the feed, store it, and acknowledge its cursor.",
    ),
    acknowledgedRevocation: check(
      revocationAcknowledgedAt,
      "Revoke a lead with sandboxRevoke, read LeadRevoked from the feed, and call acknowledgeRevocation.",
    ),
    survivedDuplicate: duplicates(drills),
  };
}

export const nothing: GoLiveProgress = {
  matchAcknowledgedAt: null,
  revocationAcknowledgedAt: null,
  drills: [],
};

export const missingChecks = (goLive: GoLive): { check: string; todo: string }[] =>
  Object.entries(goLive).flatMap(([name, { todo }]: [string, Check]) =>
    todo === null ? [] : [{ check: name, todo }],
  );

const check = (passedAt: Date | null, todo: string): Check => ({
  passedAt,
  todo: passedAt === null ? todo : null,
});

/** One passed drill is enough, so a client that failed can be fixed and take another. */
function duplicates(drills: readonly Drill[]): Check {
  const survived = drills.flatMap((drill) => survivedAt(drill) ?? []);
  const [first] = survived.sort((one, other) => one.getTime() - other.getTime());
  if (first) return check(first, "");
  const [latest] = drills;
  return check(
    null,
    latest ? todoOf(latest) : "Create a lead with sandboxMatch, then call sandboxDuplicate on it.",
  );
}

/** Returns when the drill was passed: the client's reports show exactly one record of the lead. */
function survivedAt({ servedAt, acknowledgedAt, outcomes }: Drill): Date | null {
  const [outcome, ...more] = outcomes;
  if (!servedAt || !acknowledgedAt || !outcome?.hasExternalId || more.length > 0) return null;
  return outcome.reportedAt > acknowledgedAt ? outcome.reportedAt : acknowledgedAt;
}

function todoOf({ leadId, servedAt, acknowledgedAt, outcomes }: Drill): string {
  const named = `lead ${leadId}`;
  if (outcomes.length > 1) {
    return `Failed for ${named}: ${String(outcomes.length)} outcomes were reported, so the client stored the lead more than once. Fix the client, then call sandboxDuplicate on another lead.`;
  }
  if (!servedAt) {
    return `Continue reading from your position: call the feed query again, or reconnect the subscription. The match of ${named} then comes a second time.`;
  }
  if (!acknowledgedAt) return `Acknowledge the second copy of the match of ${named}, or a later event.`;
  if (outcomes.length === 0) {
    return `Report one outcome of ${named} with reportOutcomes, with an externalId derived from the id of your own record of it.`;
  }
  return `The outcome of ${named} has no externalId. Call sandboxDuplicate on another lead and report with an externalId derived from the id of your own record.`;
}

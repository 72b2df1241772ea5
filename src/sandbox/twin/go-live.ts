/** What a client must have shown in the sandbox before it is given real leads: each check, and how to pass it. */

/** One drill: a match that was given to the client a second time. */
export interface Drill {
  readonly leadId: string;
  /** When a reading first began before the match again; null: not yet. */
  readonly servedAt: Date | null;
  /** When the client then acknowledged the match, or beyond; null: not yet. */
  readonly acknowledgedAt: Date | null;
  readonly outcomes: readonly { readonly hasExternalId: boolean; readonly reportedAt: Date }[];
}

export interface Progress {
  readonly matchAcknowledgedAt: Date | null;
  readonly revocationAcknowledgedAt: Date | null;
  /** Newest first. */
  readonly drills: readonly Drill[];
}

export interface Check {
  readonly passedAt: Date | null;
  /** null once it has passed. */
  readonly todo: string | null;
}

export interface GoLive {
  readonly acknowledgedMatch: Check;
  readonly acknowledgedRevocation: Check;
  readonly survivedDuplicate: Check;
}

export function goLiveOf({ matchAcknowledgedAt, revocationAcknowledgedAt, drills }: Progress): GoLive {
  return {
    acknowledgedMatch: check(
      matchAcknowledgedAt,
      "Make a lead with sandboxMatch, read it from the feed, store it, and acknowledge its cursor.",
    ),
    acknowledgedRevocation: check(
      revocationAcknowledgedAt,
      "Take a lead back with sandboxRevoke, read LeadRevoked from the feed, and call acknowledgeRevocation.",
    ),
    survivedDuplicate: duplicates(drills),
  };
}

export const nothing: Progress = { matchAcknowledgedAt: null, revocationAcknowledgedAt: null, drills: [] };

export const missingIn = (goLive: GoLive): { check: string; todo: string }[] =>
  Object.entries(goLive).flatMap(([name, { todo }]: [string, Check]) =>
    todo === null ? [] : [{ check: name, todo }],
  );

const check = (passedAt: Date | null, todo: string): Check => ({
  passedAt,
  todo: passedAt === null ? todo : null,
});

/** One drill that was survived is enough: a client that was mended takes another. */
function duplicates(drills: readonly Drill[]): Check {
  const survived = drills.flatMap((drill) => survivedAt(drill) ?? []);
  const [first] = survived.sort((one, other) => one.getTime() - other.getTime());
  if (first) return check(first, "");
  const [latest] = drills;
  return check(
    null,
    latest ? todoOf(latest) : "Make a lead with sandboxMatch, then call sandboxDuplicate on it.",
  );
}

/** Exactly one record of the lead at the client, as far as its reports tell. */
function survivedAt({ servedAt, acknowledgedAt, outcomes }: Drill): Date | null {
  const [outcome, ...more] = outcomes;
  if (!servedAt || !acknowledgedAt || !outcome?.hasExternalId || more.length > 0) return null;
  return outcome.reportedAt > acknowledgedAt ? outcome.reportedAt : acknowledgedAt;
}

function todoOf({ leadId, servedAt, acknowledgedAt, outcomes }: Drill): string {
  const named = `lead ${leadId}`;
  if (outcomes.length > 1) {
    return `Failed for ${named}: ${String(outcomes.length)} outcomes were reported, so the one lead was kept as more than one. Mend the client, then call sandboxDuplicate on another lead.`;
  }
  if (!servedAt) {
    return `Go on reading from your place: the feed query at its next call, a subscription when it reconnects. The match of ${named} then comes a second time.`;
  }
  if (!acknowledgedAt) return `Acknowledge the second copy of the match of ${named}, or beyond it.`;
  if (outcomes.length === 0) {
    return `Report one outcome of ${named} with reportOutcomes, with an externalId made from the id of your own record of it.`;
  }
  return `The outcome of ${named} has no externalId. Call sandboxDuplicate on another lead and report with an externalId made from the id of your own record.`;
}

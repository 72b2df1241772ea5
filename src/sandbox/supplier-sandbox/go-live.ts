/** The go-live checks that a client must pass in the sandbox before it receives real leads, and how to pass each. */
import type { Words } from "../../shared/language";
import { todoOf, todos, type Drill } from "./go-live-words";

export type { Drill };

export interface GoLiveProgress {
  readonly matchAcknowledgedAt: Date | null;
  readonly revocationAcknowledgedAt: Date | null;
  /** Newest first. */
  readonly drills: readonly Drill[];
}

export interface Check {
  readonly passedAt: Date | null;
  /** What to do to pass; null once the check has passed. */
  readonly todo: Words | null;
}

export interface GoLive {
  readonly acknowledgedMatch: Check;
  readonly acknowledgedRevocation: Check;
  readonly survivedDuplicate: Check;
}

export function goLiveOf({ matchAcknowledgedAt, revocationAcknowledgedAt, drills }: GoLiveProgress): GoLive {
  return {
    acknowledgedMatch: check(matchAcknowledgedAt, todos.acknowledgedMatch),
    acknowledgedRevocation: check(revocationAcknowledgedAt, todos.acknowledgedRevocation),
    survivedDuplicate: duplicates(drills),
  };
}

export const nothing: GoLiveProgress = {
  matchAcknowledgedAt: null,
  revocationAcknowledgedAt: null,
  drills: [],
};

/** In English, as error messages are. */
export const missingChecks = (goLive: GoLive): { check: string; todo: string }[] =>
  Object.entries(goLive).flatMap(([name, { todo }]: [string, Check]) =>
    todo === null ? [] : [{ check: name, todo: todo.EN }],
  );

const check = (passedAt: Date | null, todo: Words): Check => ({
  passedAt,
  todo: passedAt === null ? todo : null,
});

/** One passed drill is enough, so a client that failed can be fixed and take another. */
function duplicates(drills: readonly Drill[]): Check {
  const survived = drills.flatMap((drill) => survivedAt(drill) ?? []);
  const [first] = survived.sort((one, other) => one.getTime() - other.getTime());
  if (first) return { passedAt: first, todo: null };
  const [latest] = drills;
  return check(null, latest ? todoOf(latest) : todos.survivedDuplicate);
}

/** Returns when the drill was passed: the client's reports show exactly one record of the lead. */
function survivedAt({ servedAt, acknowledgedAt, outcomes }: Drill): Date | null {
  const [outcome, ...more] = outcomes;
  if (!servedAt || !acknowledgedAt || !outcome?.hasExternalId || more.length > 0) return null;
  return outcome.reportedAt > acknowledgedAt ? outcome.reportedAt : acknowledgedAt;
}

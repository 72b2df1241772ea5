/**
 * What happens after an attempt at something that may fail: it is done, tried again after a wait, or given up. The
 * waits and the limits are data, so every kind of work states its own and all of them follow one rule.
 */

/** Waits get longer with every failure. */
export interface WaitsByFailures {
  readonly by: "FAILURES";
  /** The longest wait after the first failure, the second, and so on; the last one holds from then on. */
  readonly waitsMs: readonly number[];
  /** The random share of each wait (0 to 1), so that work that failed together is not retried together. */
  readonly jitter: number;
  /** The shortest wait. */
  readonly shortestMs: number;
}

/** The wait equals the age of the work, so waits double without a counter. */
export interface WaitsByAge {
  readonly by: "AGE";
  readonly shortestMs: number;
  readonly longestMs: number;
}

export type BackOff = WaitsByFailures | WaitsByAge;

/** Work is given up when it reaches either limit; null means no limit. */
export interface RetryLimits {
  readonly mostAttempts: number | null;
  readonly longestMs: number | null;
}

export const noLimits: RetryLimits = { mostAttempts: null, longestMs: null };

export interface RetryRule {
  readonly backOff: BackOff;
  readonly limits: RetryLimits;
}

/** The attempts so far, including the one that has just failed. */
export interface Tried {
  readonly failures: number;
  /** Time since the first attempt, or since the work was requested. */
  readonly ageMs: number;
}

export type Attempted<Done> =
  | { readonly kind: "DONE"; readonly value: Done }
  /** It may succeed later. `retryAfterMs` is the wait that the other side asked for. */
  | { readonly kind: "FAILED"; readonly failure: string; readonly retryAfterMs?: number | null }
  /** It will never succeed. */
  | { readonly kind: "REFUSED"; readonly failure: string };

export type Settlement<Done> =
  | { readonly kind: "DONE"; readonly value: Done }
  | { readonly kind: "RETRY"; readonly waitMs: number; readonly failure: string }
  | { readonly kind: "GIVEN_UP"; readonly failure: string };

/** `draw` is a random number from 0 to 1. */
export function settlementOf<Done>(
  attempted: Attempted<Done>,
  { backOff, limits }: RetryRule,
  { draw, ...tried }: Tried & { readonly draw: number },
): Settlement<Done> {
  if (attempted.kind === "DONE") return attempted;
  const { failure } = attempted;
  if (attempted.kind === "REFUSED" || isSpent(limits, tried)) return { kind: "GIVEN_UP", failure };
  const retryAfterMs = attempted.retryAfterMs ?? null;
  return { kind: "RETRY", waitMs: waitAfter(backOff, tried, { draw, retryAfterMs }), failure };
}

export const isSpent = ({ mostAttempts, longestMs }: RetryLimits, { failures, ageMs }: Tried): boolean =>
  (mostAttempts !== null && failures >= mostAttempts) || (longestMs !== null && ageMs >= longestMs);

/** A wait that the other side asks for is honoured, up to the longest wait of the rule. */
export function waitAfter(
  backOff: BackOff,
  tried: Tried,
  { draw, retryAfterMs }: { readonly draw: number; readonly retryAfterMs: number | null },
): number {
  const longestMs = backOff.by === "AGE" ? backOff.longestMs : (backOff.waitsMs.at(-1) ?? 0);
  const askedMs = Math.min(retryAfterMs ?? 0, longestMs);
  return Math.round(Math.max(backOff.shortestMs, askedMs, ownWait(backOff, tried, draw)));
}

function ownWait(backOff: BackOff, { failures, ageMs }: Tried, draw: number): number {
  if (backOff.by === "AGE") return Math.min(backOff.longestMs, ageMs);
  const { waitsMs, jitter } = backOff;
  const wait = waitsMs[Math.max(0, Math.min(failures, waitsMs.length) - 1)] ?? 0;
  return wait * (1 - jitter + jitter * draw);
}

/** Twice as long each time, from the first wait up to the longest. */
export function doublingWaits(firstMs: number, longestMs: number): readonly number[] {
  return firstMs >= longestMs ? [longestMs] : [firstMs, ...doublingWaits(firstMs * 2, longestMs)];
}

/**
 * Which past is looked at? It begins and ends at midnight UTC and never reaches into today, so that two calls
 * of one day look at the same requests, and a campaign that was edited at a chosen minute begins no sooner.
 */
import { invalid } from "../../shared/errors";

const dayMs = 86_400_000;
const longestDays = 90;

export interface Period {
  readonly from: Date;
  /** Exclusive. */
  readonly until: Date;
}

export function periodOf(days: number, at: Date): Period {
  if (!Number.isSafeInteger(days) || days < 1 || days > longestDays) {
    throw invalid(`days is a whole number from 1 to ${longestDays}.`);
  }
  const until = midnightBefore(at.getTime());
  return { from: new Date(until - days * dayMs), until: new Date(until) };
}

/** Without what was before the first midnight after `made`; possibly empty. */
export function periodSince({ from, until }: Period, made: Date): Period {
  const since = midnightBefore(made.getTime() + dayMs - 1);
  return { from: new Date(Math.min(Math.max(from.getTime(), since), until.getTime())), until };
}

/** What was told about a period may be asked about for two days from its end. */
export const isPast = (until: Date, at: Date): boolean => at.getTime() >= until.getTime() + 2 * dayMs;

const midnightBefore = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

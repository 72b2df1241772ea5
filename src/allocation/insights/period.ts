/**
 * Which past does an insight cover? A period starts and ends at midnight UTC and never includes today. So two
 * calls on one day cover the same requests, and editing a campaign at a chosen minute cannot cut the period
 * there.
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
    throw invalid(`days must be a whole number from 1 to ${longestDays}.`, { reason: "OUT_OF_RANGE" });
  }
  const until = midnightBefore(at.getTime());
  return { from: new Date(until - days * dayMs), until: new Date(until) };
}

/** Cuts off everything before the first midnight after `made`. The result may be empty. */
export function periodSince({ from, until }: Period, made: Date): Period {
  const since = midnightBefore(made.getTime() + dayMs - 1);
  return { from: new Date(Math.min(Math.max(from.getTime(), since), until.getTime())), until };
}

/** Whether it is too late to ask about a sample: that is possible for two days after the end of its period. */
export const isPast = (until: Date, at: Date): boolean => at.getTime() >= until.getTime() + 2 * dayMs;

const midnightBefore = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

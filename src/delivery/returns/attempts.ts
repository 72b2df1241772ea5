/**
 * Do the reported calls show that a person is unreachable? The supplier must have made all the calls that the law
 * allows: four within thirty days, Monday to Friday except public holidays, from 10:00 to 13:00 and from 14:00 to 20:00
 * in the person's time zone (Code de la consommation, article D.223-9).
 */
import { dateIn, wallOf } from "../../shared/calendar";
import { isHoliday } from "../../shared/holidays";
import { dayMs } from "./return";

export const attemptsNeeded = 4;
const spreadDays = 30;
const hourMs = 3_600_000;
const opening = [
  [10, 13],
  [14, 20],
] as const;

export interface Calls {
  readonly attempts: readonly Date[];
  readonly matchedAt: Date;
  readonly at: Date;
  /** The person's. */
  readonly timeZone: string;
}

export interface AttemptsFault {
  readonly reason: "REQUIRED" | "INVALID" | "OUT_OF_RANGE";
  readonly message: string;
}

/** What is wrong with the calls, with a message to the supplier; null if they meet the rule. */
export function faultInAttempts({ attempts, matchedAt, at, timeZone }: Calls): AttemptsFault | null {
  const times = attempts.map((attempt) => attempt.getTime()).sort((a, b) => a - b);
  if (new Set(times).size !== attemptsNeeded) return wrongNumber(times.length);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  if (first < matchedAt.getTime() || last > at.getTime()) {
    return outOfRange("attempts: a call was made before you received the lead, or lies in the future.");
  }
  if (last - first > spreadDays * dayMs) return outOfRange("attempts: the calls must lie within 30 days.");
  const odd = attempts.find((attempt) => !isCallable(attempt, timeZone));
  return odd === undefined
    ? null
    : outOfRange(
        `attempts: ${odd.toISOString()} lies outside the hours in which a consumer may be called: Monday to Friday except public holidays, from 10:00 to 13:00 and from 14:00 to 20:00 in the person's time zone.`,
      );
}

const wrongNumber = (attempts: number): AttemptsFault => ({
  reason: attempts < attemptsNeeded ? "REQUIRED" : "INVALID",
  message: `attempts: UNREACHABLE requires the ${String(attemptsNeeded)} calls that the law allows, each at a different time.`,
});

const outOfRange = (message: string): AttemptsFault => ({ reason: "OUT_OF_RANGE", message });

function isCallable(at: Date, timeZone: string): boolean {
  const date = dateIn(timeZone, at);
  const weekday = new Date(date).getUTCDay();
  if (weekday === 0 || weekday === 6 || isHoliday(date)) return false;
  const hour = (wallOf(timeZone, at) % dayMs) / hourMs;
  return opening.some(([from, until]) => hour >= from && hour < until);
}

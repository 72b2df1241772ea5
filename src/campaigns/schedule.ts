/**
 * When does a campaign want leads? Openings are weekly and on the campaign's own clock, so an hour
 * that a clock change skips is not open and an hour that comes twice is open twice. An empty
 * schedule is always open.
 */
import { spansBetween, wallOf, type Span, type WallMs } from "../shared/calendar";
import { type Opening, type Weekday } from "./terms";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const weekdays: readonly Weekday[] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

// Two weeks see every weekday twice: an opening that a clock change swallows once is there the week after.
const daysAhead = 15;

export function isOpen(schedule: readonly Opening[], timeZone: string, at: Date): boolean {
  if (schedule.length === 0) return true;
  const wall = wallOf(timeZone, at);
  const midnight = Math.floor(wall / dayMs) * dayMs;
  return schedule.some(
    (opening) =>
      opensOn(opening, midnight) &&
      midnight + minutesOf(opening.from) * minuteMs <= wall &&
      wall < midnight + minutesOf(opening.to) * minuteMs,
  );
}

/** The first open instant at or after `at`; null if there is none. */
export function nextOpening(schedule: readonly Opening[], timeZone: string, at: Date): Date | null {
  if (isOpen(schedule, timeZone, at)) return at;
  const today = Math.floor(wallOf(timeZone, at) / dayMs) * dayMs;
  for (let day = -1; day <= daysAhead; day++) {
    const starts = openSpans(schedule, timeZone, today + day * dayMs)
      // It is closed now, so a span that has not ended has not begun either.
      .filter(({ end }) => end > at)
      .map(({ start }) => start.getTime());
    if (starts.length > 0) return new Date(Math.min(...starts));
  }
  return null;
}

function openSpans(schedule: readonly Opening[], timeZone: string, midnight: WallMs): Span[] {
  return schedule
    .filter((opening) => opensOn(opening, midnight))
    .flatMap(({ from, to }) =>
      spansBetween(timeZone, midnight + minutesOf(from) * minuteMs, midnight + minutesOf(to) * minuteMs),
    );
}

function opensOn(opening: Opening, midnight: WallMs): boolean {
  const weekday = weekdays[new Date(midnight).getUTCDay()];
  return weekday !== undefined && opening.days.includes(weekday);
}

/** "09:30" is 570; "24:00" is 1440. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

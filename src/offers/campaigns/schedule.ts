/**
 * When does a campaign take leads? Openings are weekly and in the campaign's time zone, so an hour skipped by
 * a clock change is never open, and a repeated hour is open twice. An empty schedule is always open. A
 * campaign closed on public holidays is closed for the whole date in its time zone. Whether it is paused is
 * status.ts.
 */
import { spansBetween, wallOf, type Span, type WallMs } from "../../shared/calendar";
import { isHoliday } from "../../shared/holidays";
import { type CampaignTerms, type Opening, type Weekday } from "./terms";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const weekdays: readonly Weekday[] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

// The same weekday can be a holiday three weeks in a row (Easter Monday, 1 and 8 May, as in 2000), and a
// clock change can remove an opening in the week after.
const daysAhead = 43;

export type Hours = Pick<CampaignTerms, "schedule" | "timeZone" | "closedOnHolidays">;

const allDay: Opening = { days: weekdays, from: "00:00", to: "24:00" };

export function isOpenAt(hours: Hours, at: Date): boolean {
  const { schedule, timeZone } = hours;
  if (schedule.length === 0 && !hours.closedOnHolidays) return true;
  const wall = wallOf(timeZone, at);
  const midnight = Math.floor(wall / dayMs) * dayMs;
  return openingsOn(hours, midnight).some(
    (opening) =>
      midnight + minutesOf(opening.from) * minuteMs <= wall &&
      wall < midnight + minutesOf(opening.to) * minuteMs,
  );
}

/** The first open instant at or after `at`; null if there is none. */
export function nextOpening(hours: Hours, at: Date): Date | null {
  if (isOpenAt(hours, at)) return at;
  const today = Math.floor(wallOf(hours.timeZone, at) / dayMs) * dayMs;
  for (let day = -1; day <= daysAhead; day++) {
    const starts = openSpans(hours, today + day * dayMs)
      // The campaign is closed now, so a span that has not ended has not started either.
      .filter(({ end }) => end > at)
      .map(({ start }) => start.getTime());
    if (starts.length > 0) return new Date(Math.min(...starts));
  }
  return null;
}

function openSpans(hours: Hours, midnight: WallMs): Span[] {
  return openingsOn(hours, midnight).flatMap(({ from, to }) =>
    spansBetween(hours.timeZone, midnight + minutesOf(from) * minuteMs, midnight + minutesOf(to) * minuteMs),
  );
}

/** The openings of the date that starts at this midnight. */
function openingsOn({ schedule, closedOnHolidays }: Hours, midnight: WallMs): Opening[] {
  const date = new Date(midnight);
  if (closedOnHolidays && isHoliday(date.toISOString().slice(0, 10))) return [];
  const weekday = weekdays[date.getUTCDay()];
  const openings = schedule.length > 0 ? schedule : [allDay];
  return openings.filter(({ days }) => weekday !== undefined && days.includes(weekday));
}

/** "09:30" is 570; "24:00" is 1440. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

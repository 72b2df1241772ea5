/** Are these the hours of a campaign: openings of a week in a time zone? When they are open is schedule.ts. */
import { isTimeZone } from "../../shared/calendar";
import { invalid } from "../../shared/errors";
import { checkAll, checkEach } from "../../shared/faults";
import { minutesOf } from "./schedule";
import { type Opening, type Weekday } from "./terms";

const openingLimit = 50;

export function checkTimeZone(timeZone: string): string {
  if (isTimeZone(timeZone)) return timeZone;
  throw invalid("timeZone is a name of the IANA database, such as Europe/Paris.", {
    reason: "UNKNOWN_VALUE",
  });
}

/** Throws INVALID_INPUT with all faults; their fields are paths inside the list, such as `[0].from`. */
export function checkSchedule(schedule: readonly Opening[]): Opening[] {
  if (schedule.length > openingLimit) {
    throw invalid(`schedule takes at most ${openingLimit} openings: merge some.`, { reason: "TOO_MANY" });
  }
  return checkEach(schedule, checkOpening);
}

function checkOpening({ days, from, to }: Opening): Opening {
  const opening = checkAll<Opening>({
    days: () => checkDays(days),
    from: () => {
      if (/^([01]\d|2[0-3]):[0-5]\d$/.test(from)) return from;
      throw invalid("from is a time from 00:00 to 23:59, written HH:MM.", { reason: "MALFORMED" });
    },
    to: () => {
      if (/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(to)) return to;
      throw invalid("to is a time from 00:01 to 24:00, written HH:MM.", { reason: "MALFORMED" });
    },
  });
  if (minutesOf(from) < minutesOf(to)) return opening;
  throw invalid(
    "An opening ends after it begins: for one across midnight give two, to 24:00 and from 00:00.",
    { reason: "OUT_OF_RANGE", field: "to" },
  );
}

function checkDays(days: readonly Weekday[]): Weekday[] {
  if (days.length === 0)
    throw invalid("An opening names at least one day; for every day, name all seven.", { reason: "EMPTY" });
  if (new Set(days).size < days.length)
    throw invalid("An opening names a day twice: name it once.", { reason: "DUPLICATE" });
  return [...days];
}

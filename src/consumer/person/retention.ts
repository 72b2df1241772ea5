/** How long a request is kept: six calendar months on the calendar of Paris, the last day clamped (31 August, 28 February). */
import { DateTime } from "luxon";

const months = 6;
/** No six months are shorter: what is younger need not be looked at. */
export const shortestDays = 180;

export const keptUntil = (submittedAt: Date): Date =>
  DateTime.fromJSDate(submittedAt, { zone: "Europe/Paris" }).plus({ months }).toJSDate();

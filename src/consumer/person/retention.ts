/** The retention of requests: six calendar months in Paris time, clamped to the last day (31 August to 28 February). */
import { DateTime } from "luxon";

const months = 6;
/** No six months are shorter, so younger requests need not be checked. */
export const shortestDays = 180;

export const keptUntil = (submittedAt: Date): Date =>
  DateTime.fromJSDate(submittedAt, { zone: "Europe/Paris" }).plus({ months }).toJSDate();

/** Days and months in Paris time, as in the books, whatever the time zone of the machine. */
const paris = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Paris",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** "YYYY-MM-DD" */
export const dayOf = (at: Date): string => paris.format(at);

/** The month "YYYY-MM" that is `offset` months later. */
export function monthOf(at: Date, offset = 0): string {
  const [year = 0, month = 0] = dayOf(at).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + offset)).toISOString().slice(0, 7);
}

/** Days and months as the books keep them: on the clock of Paris, whatever the clock of the machine. */
const paris = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Paris",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** "YYYY-MM-DD" */
export const dayOf = (at: Date): string => paris.format(at);

/** "YYYY-MM", and so many months later or earlier. */
export function monthOf(at: Date, offset = 0): string {
  const [year = 0, month = 0] = dayOf(at).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + offset)).toISOString().slice(0, 7);
}

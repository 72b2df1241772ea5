/** Does the calendar have this day or month? Days are texts, "YYYY-MM-DD", so that no time zone can move them. */
const dayShape = /^(19|2\d)\d{2}-\d{2}-\d{2}$/;
const monthShape = /^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/;

/** Between 1900 and 2999. 30 February has the shape of a day, and JavaScript reads it as a day in March. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return dayShape.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** "YYYY-MM", between 1900 and 2999. */
export const isMonth = (text: string): boolean => monthShape.test(text);

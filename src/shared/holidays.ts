/**
 * Which days are public holidays in France? The eleven of article L.3133-1 of the code du travail, which apply
 * everywhere. The additional holidays of Alsace-Moselle and of the overseas territories are not included: a supplier
 * that is closed on them says so in its schedule.
 */

const dayMs = 86_400_000;

/** Dates "YYYY-MM-DD", in order. */
export function holidaysOf(year: number): string[] {
  const easter = easterSunday(year);
  const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
  const afterEaster = { monday: 1, ascension: 39, whitMonday: 50 };
  const movable = Object.values(afterEaster).map((days) => dateOf(easter + days * dayMs));
  // Ascension may fall on a fixed holiday, which is then listed once.
  return [...new Set([...fixed.map((day) => `${String(year)}-${day}`), ...movable])].sort();
}

/** `date` is a valid date, "YYYY-MM-DD". */
export const isHoliday = (date: string): boolean => holidaysOf(Number(date.slice(0, 4))).includes(date);

const dateOf = (midnight: number): string => new Date(midnight).toISOString().slice(0, 10);

/** Midnight UTC of Easter Sunday in the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leapCenturies = Math.floor(century / 4);
  const moonDrift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - moonDrift + 15) % 30;
  const yearOfCentury = year % 100;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const dayOfMarch = epact + toSunday - 7 * late + 22;
  return Date.UTC(year, 2, dayOfMarch);
}

/**
 * Registration numbers for suppliers that do not exist. They begin with zeros, as no real one does, and end
 * in the right check digit, as the product asks.
 */

/** The `number`-th invented SIREN. */
export const inventedSiren = (number: number): string => withCheckDigit(String(number).padStart(8, "0"));

/** The first place of this legal entity. */
export const inventedSiret = (siren: string): string => withCheckDigit(`${siren}0001`);

/** Luhn: with the digit appended, every second one from the right counts double and the sum ends in 0. */
function withCheckDigit(digits: string): string {
  const weighed = [...digits].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1));
  const sum = weighed.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${String((10 - (sum % 10)) % 10)}`;
}

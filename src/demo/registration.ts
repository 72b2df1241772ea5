/**
 * Registration numbers (SIREN and SIRET) for invented suppliers. They begin with zeros, which no real number does,
 * and end in the correct check digit, which CarAtlas verifies.
 */

/** The `number`-th invented SIREN. */
export const inventedSiren = (number: number): string => withCheckDigit(String(number).padStart(8, "0"));

/** The SIRET of the legal entity's first establishment. */
export const inventedSiret = (siren: string): string => withCheckDigit(`${siren}0001`);

/** Appends the Luhn check digit: counting every second digit from the right double, the sum then ends in 0. */
function withCheckDigit(digits: string): string {
  const weighed = [...digits].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1));
  const sum = weighed.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${String((10 - (sum % 10)) % 10)}`;
}

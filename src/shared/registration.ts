/**
 * Checks the registration numbers of French companies and of their establishments. It tells whether a number can
 * exist, not whether it is registered. La Poste's exception for SIRETs is not implemented.
 */

/** The number of a legal entity: nine digits. */
export const isSiren = (text: string): boolean => /^(?!0{9})\d{9}$/.test(text) && luhnHolds(text);

/** The number of an establishment: the SIREN of its company and five more digits. */
export const isSiret = (text: string): boolean =>
  /^\d{14}$/.test(text) && isSiren(text.slice(0, 9)) && luhnHolds(text);

/** The French VAT number of this SIREN: FR, a key computed from it, and the SIREN itself. */
export function vatNumberOf(siren: string): string {
  const key = (12 + 3 * (Number(siren) % 97)) % 97;
  return `FR${String(key).padStart(2, "0")}${siren}`;
}

/** Luhn's algorithm: every second digit from the right is doubled, and the sum of digits is a multiple of ten. */
function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** International bank account numbers (ISO 13616). */

/** Without spaces, in capitals. */
export const plainIban = (text: string): string => text.replaceAll(/\s/g, "").toUpperCase();

/** Whether the text is an IBAN whose check digits are right. Spaces and lower case are accepted. */
export function isIban(text: string): boolean {
  const iban = plainIban(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

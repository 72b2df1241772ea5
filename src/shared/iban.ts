/** International bank account numbers (ISO 13616). */

/** Without spaces, in capitals. */
export const plainIban = (text: string): string => text.replaceAll(/\s/g, "").toUpperCase();

/** Whether the text is an IBAN whose check digits are right. Spaces and lower case are accepted. */
export function isIban(text: string): boolean {
  const iban = plainIban(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const digits = (iban.slice(4) + iban.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

/** Amounts in cents, and the currencies there are. */
import { trouble, type Trouble } from "./reading";

/** Ten billion euros: more than any bank books, and sums of them stay exact. */
const mostCents = 1_000_000_000_000;

/** The cents of digits before and after the decimal point. Zeros may follow the cents. */
export function centsOf(whole: string, decimals: string): number | Trouble {
  if (!/^\d*$/.test(whole + decimals) || whole + decimals === "")
    return trouble("the amount is not one in euros and cents.");
  if (/[1-9]/.test(decimals.slice(2))) return trouble("the amount is not one in euros and cents.");
  const digits = (whole + decimals.slice(0, 2).padEnd(2, "0")).replace(/^0+/, "");
  const cents = digits.length > 13 ? Infinity : Number(digits);
  return cents > mostCents ? trouble("the amount is over 10,000,000,000.00 EUR.", "OUT_OF_RANGE") : cents;
}

export const inEuros = (cents: number | bigint): string => {
  const digits = String(cents).replace("-", "").padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)} EUR`;
};

const currencies = new Set(Intl.supportedValuesOf("currency"));
const names = new Map([
  ["€", "EUR"],
  ["EURO", "EUR"],
  ["EUROS", "EUR"],
]);

/** The ISO code of a currency. */
export function currencyOf(text: string): string | Trouble {
  const code = text.trim().toUpperCase();
  const known = names.get(code) ?? code;
  if (currencies.has(known)) return known;
  return code === ""
    ? trouble("the currency is missing.", "REQUIRED")
    : trouble("its currency is not one of ISO 4217.", "UNKNOWN_VALUE");
}

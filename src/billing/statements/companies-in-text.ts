/**
 * Which companies does the text of a payment name by a number? The SIRENs, and for companies abroad the VAT numbers and
 * the register numbers whose shape and check digits tell that they are one. All are written as `supplier_profile` lists
 * them in `identifiers`: capital letters and digits only. Whether such a company is a supplier is for the caller to look
 * up.
 */
import { isBelgianNumber, vatNumberFault } from "../../shared/vat-numbers";
import { sirensIn } from "./named-in-text";

const separator = "[ .\\-\u00a0\u202f]?";
const european = "AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK";
/**
 * The letters of an EU country and up to 14 letters and digits in groups. Found also inside another such run, because
 * DE is a word. Outside the EU a VAT number has no shape by which it could be told from any other word.
 */
const prefixed = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?=((?:${european})${separator}(?:[A-Z0-9]${separator}){6,13}[A-Z0-9](?![\p{L}\p{N}])))`,
  "gu",
);
const belgian = /(?<![\p{L}\p{N}.])[01]\d{3}[. ]?\d{3}[. ]?\d{3}(?![\p{L}\p{N}]|[. ]?\d)/gu;
const swiss = /(?<![\p{L}\p{N}])CHE[- ]?\d{3}[. ]?\d{3}[. ]?\d{3}(?!\d)/gu;
const german = /(?<![\p{L}\p{N}])HR[AB] ?\d{1,6}(?!\d)/gu;

export function companyNumbersIn(text: string): string[] {
  const capital = text.toUpperCase().replaceAll(/\s+/g, " ");
  const vatNumbers = Array.from(capital.matchAll(prefixed), ([, written = ""]) => longestVatNumber(written));
  const plain = (pattern: RegExp): string[] =>
    Array.from(capital.matchAll(pattern), ([whole]) => plainOf(whole));
  return [
    ...new Set([
      ...sirensIn(text),
      ...vatNumbers.flatMap((number) => number ?? []),
      ...plain(belgian).filter(isBelgianNumber),
      ...plain(swiss),
      ...plain(german),
    ]),
  ];
}

const plainOf = (text: string): string => text.replaceAll(/[^A-Z0-9]/g, "");

/** Words that follow a number may look like more of it, so the longest beginning that can be one is taken. */
function longestVatNumber(written: string): string | null {
  const words = written.split(" ");
  for (let count = words.length; count > 0; count--) {
    const number = plainOf(words.slice(0, count).join(""));
    const prefix = number.slice(0, 2);
    const country = prefix === "EL" ? "GR" : prefix;
    if (vatNumberFault(number, country) === null) return number;
  }
  return null;
}

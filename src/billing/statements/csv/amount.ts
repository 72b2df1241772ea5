/** Amounts as French banks write them: "1 234,56", "1.234,56", "-12,50 €", "12,50-". */
import { centsOf } from "../money";
import { isTrouble, trouble, type Trouble } from "../reading";

const unclear = trouble("the amount is not one in euros and cents.");

/** Signed cents. */
export function writtenCents(text: string): number | Trouble {
  const plain = text.replaceAll(/[\s'’]|€|EUR(?:OS?)?/giu, "").replaceAll(/[−–]/g, "-");
  const signLast = plain.replace(/^([+-])(.*)$/, "$2$1");
  const parts = partsOf(signLast.replace(/[+-]$/, ""));
  if (parts === null) return unclear;
  const cents = centsOf(...parts);
  return isTrouble(cents) || !signLast.endsWith("-") ? cents : 0 - cents;
}

/** The last separator is the decimal one if one or two digits follow; three digits could be thousands. */
function partsOf(digits: string): readonly [string, string] | null {
  const at = Math.max(digits.lastIndexOf(","), digits.lastIndexOf("."));
  if (at === -1) return [digits, ""];
  const [whole, decimals, point] = [digits.slice(0, at), digits.slice(at + 1), digits.charAt(at)];
  // "1.234.567" has no decimals.
  if (whole.includes(point)) return grouped(digits, point, "");
  // "1.234" may be thousands or not, so nobody can tell.
  if (decimals.length === 3) return null;
  return /^\d*$/.test(whole) ? [whole, decimals] : grouped(whole, point === "," ? "." : ",", decimals);
}

/** The digits of a number with separators between its thousands; null if they stand elsewhere. */
function grouped(digits: string, separator: string, decimals: string): readonly [string, string] | null {
  const shape = separator === "." ? /^\d{1,3}(?:\.\d{3})+$/ : /^\d{1,3}(?:,\d{3})+$/;
  return shape.test(digits) ? [digits.replaceAll(separator, ""), decimals] : null;
}

/**
 * Which documents and companies does the text of a payment name? People write numbers with spaces or without hyphen,
 * and banks break them across pieces. This only finds what is written; whether it exists is for the caller to look up.
 */
import { isIban } from "../../shared/iban";
import { isSiren, vatNumberOf } from "../../shared/registration";

/** Words that are written in front of a number without a space. */
const gluedWord = "(?:FACTURES?|FACT|FAC|INVOICE|INV|AVOIR|REF|NR|NO)?";
const documentNumber = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${gluedWord}([FAD])[\s.\-/_]{0,3}(2\s?0\s?\d\s?\d)[\s.\-–/_]{0,3}(\d(?:\s?\d){5})(?!\d)`,
  "giu",
);

/** The canonical numbers of our documents that the text names, such as F2026-000123, each once. */
export function documentNumbersIn(text: string): string[] {
  const numbers = [...text.matchAll(documentNumber)].map(([, series = "", year = "", count = ""]) =>
    `${series}${year}-${count}`.replaceAll(/\s/g, "").toUpperCase(),
  );
  return [...new Set(numbers)];
}

const spaced = String.raw`(\d{3})[ .]?(\d{3})[ .]?(\d{3})`;
const noLonger = String.raw`(?![ .]?\d|[\p{L}_\-/]|,\d)`;
const vatNumber = new RegExp(String.raw`(?<![\p{L}\p{N}])FR ?\d\d[ .]?${spaced}${noLonger}`, "giu");
const label = "(?:SIREN|RCS|B)?";
const spacedSiren = new RegExp(String.raw`(?<![\p{L}_\-/]|\d[ .]?)${label}${spaced}${noLonger}`, "giu");
/** Written without spaces, other digits may stand beside it, but not the five that make it a SIRET. */
const plainSiren = new RegExp(
  String.raw`(?<![\p{L}\p{N}_\-/.])${label}(\d{9})(?![\p{L}\p{N}_\-/]|[.,]\d| \d{5}(?!\d))`,
  "giu",
);
const iban = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![\p{L}\p{N}])/giu;

/**
 * The SIRENs that the text names, each once; also inside a French VAT number. Nine digits inside an IBAN, a document
 * number or a longer number are none.
 */
export function sirensIn(text: string): string[] {
  const found: string[] = [];
  const take = (...parts: readonly string[]): void => {
    const digits = parts.join("");
    if (isSiren(digits)) found.push(digits);
  };
  const withoutVat = text.replaceAll(/\s+/g, " ").replaceAll(vatNumber, (whole, ...groups: string[]) => {
    const digits = groups.slice(0, 3).join("");
    if (!isSiren(digits) || plainOf(whole) !== vatNumberOf(digits)) return whole;
    take(digits);
    return " ; ";
  });
  const rest = withoutVat.replaceAll(iban, withoutIban).replaceAll(documentNumber, " ; ");
  for (const [, ...parts] of rest.matchAll(spacedSiren)) take(...parts);
  for (const [, digits = ""] of rest.matchAll(plainSiren)) take(digits);
  return [...new Set(found)];
}

const plainOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, "").toUpperCase();

/** What follows an IBAN may look like more of it, so the longest beginning with the right check digits is removed. */
function withoutIban(written: string): string {
  for (let end = written.length; end >= 15; end--) {
    if (isIban(plainOf(written.slice(0, end)))) return ` ; ${written.slice(end)}`;
  }
  return written;
}

/** Which columns of a supplier's file hold addresses and numbers, and what separates them? The first line says so. */
import { invalid } from "../../shared/errors";
import { withoutInvisible } from "../../shared/contact-text";

export interface Columns {
  readonly email: readonly number[];
  readonly phone: readonly number[];
  readonly names: readonly string[];
}

const columnNames = {
  email: ["email", "e-mail", "mail", "courriel", "adresse e-mail", "adresse email"],
  phone: ["phone", "telephone", "tel", "mobile", "portable", "numero", "numero de telephone"],
};

const separators = [";", "\t", ","] as const;

/** The separator that the first line has most often, outside of quotes. */
export function separatorIn(firstLine: string): string {
  const bare = firstLine.replaceAll(/"[^"]*"/g, "");
  const count = (sign: string): number => bare.split(sign).length;
  return separators.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

export function columnsIn(header: readonly string[]): Columns {
  const plain = header.map((name) =>
    withoutInvisible(name).normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim(),
  );
  const at = (names: readonly string[]): number[] =>
    plain.flatMap((name, index) => (names.includes(name) ? [index] : []));
  const columns = { email: at(columnNames.email), phone: at(columnNames.phone), names: header };
  if (columns.email.length + columns.phone.length > 0) return columns;
  throw invalid("The first line names no column email or phone: add them above the data.");
}

/** One sentence for the person who runs the program. */
export function columnsText({ email, phone, names }: Columns): string {
  const named = (places: readonly number[]): string =>
    places.map((at) => `“${names[at] ?? ""}” (column ${String(at + 1)})`).join(", ") || "no column";
  const ignored = names.filter((_name, at) => !email.includes(at) && !phone.includes(at));
  const rest = ignored.length > 0 ? ` Ignored: ${ignored.map((name) => `“${name}”`).join(", ")}.` : "";
  return `E-mail addresses are read from ${named(email)}, phone numbers from ${named(phone)}.${rest}`;
}

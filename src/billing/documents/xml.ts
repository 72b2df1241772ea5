/** Builds XML, and formats amounts and dates as invoices need them. */
import XMLBuilder from "fast-xml-builder";

export type Node = { readonly [name: string]: string | Node | readonly Node[] };

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  format: true,
  suppressEmptyNode: false,
});

export const xmlOf = (name: string, root: Node): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [name]: root })}`;

/** An element with attributes. */
export const element = (attributes: Readonly<Record<string, string>>, text: string): Node => ({
  ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`@${name}`, value])),
  "#text": text,
});

/** "2026-11-30" as 20261130. */
export const day = (iso: string): Node => element({ format: "102" }, iso.replaceAll("-", ""));

/** Two decimals, whatever the amount. */
export function xmlAmount(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

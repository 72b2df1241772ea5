/**
 * Writes ADF documents as XML. Elements keep the order in which they are given, because it matters in ADF. The library
 * escapes text; characters that XML 1.0 does not allow even when escaped are removed here.
 */
import XMLBuilder from "fast-xml-builder";

/** Names of attributes start with @, # is the text of an element that has attributes, an array repeats its element. */
export interface Element {
  readonly [name: string]: Content | readonly Content[] | undefined;
}
export type Content = string | Element;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#",
  processEntities: true,
  suppressEmptyNode: false,
  suppressBooleanAttributes: false,
  format: true,
});

export function documentOf(prospect: Element): string {
  return builder.build({
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    "?adf": { "@version": "1.0" },
    adf: { prospect },
  });
}

// Control characters other than tab and line feed, lone surrogates, and the noncharacters U+FFFE and U+FFFF.
const unwritable = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text that keeps its line breaks. */
export const xmlText = (value: string): string => value.replaceAll(/\r\n?/g, "\n").replaceAll(unwritable, "");

/** Text on one line, for names, makes and towns. */
export const xmlLine = (value: string): string => xmlText(value).replaceAll(/\s+/gu, " ").trim();

/** An element with attributes and text. Undefined attributes are left out. */
export function adfElement(
  attributes: Readonly<Record<string, string | undefined>>,
  content: string,
): Element {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given.map(([name, value]) => [`@${name}`, value])), "#": content };
}

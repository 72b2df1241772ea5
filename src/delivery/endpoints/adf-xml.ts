/**
 * Writes an ADF document. Elements stand in the order in which they are given: in ADF the order counts. Text is
 * escaped by the library; what XML 1.0 cannot hold at all, escaped or not, is left out here.
 */
import XMLBuilder from "fast-xml-builder";

/** Attributes begin with @, the text of an element with attributes is #, an array repeats its element. */
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

// Controls other than tab and line feed, halves of characters, and the two that are no characters.
const unwritable = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Several lines, as they were written. */
export const text = (value: string): string => value.replaceAll(/\r\n?/g, "\n").replaceAll(unwritable, "");

/** One line: names, makes, towns. */
export const line = (value: string): string => text(value).replaceAll(/\s+/gu, " ").trim();

/** An element with attributes and text. Attributes that are undefined are left out. */
export function element(attributes: Readonly<Record<string, string | undefined>>, content: string): Element {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given.map(([name, value]) => [`@${name}`, value])), "#": content };
}

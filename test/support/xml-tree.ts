/** XML as a tree that keeps the order of its elements, for checks of what the product writes. Prefixes are dropped. */
import { XMLParser, XMLValidator } from "fast-xml-parser";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Of this element alone. */
  readonly text: string;
}

const parser = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "", removeNSPrefix: true },
  ...{ parseTagValue: false, parseAttributeValue: false },
});

type Ordered = Record<string, unknown>;

/** Throws if it is not well formed. */
export function treeOf(xml: string): Element {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`The XML is not well formed: ${valid.err.msg}`);
  const root = elementsOf(parser.parse(xml) as Ordered[]).find(({ name }) => !name.startsWith("?"));
  if (!root) throw new Error("The XML has no root.");
  return root;
}

const elementsOf = (ordered: readonly Ordered[]): Element[] =>
  ordered.flatMap((one) => {
    const name = Object.keys(one).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined) return [];
    const inside = one[name] as Ordered[];
    return [
      {
        name,
        attributes: (one[":@"] ?? {}) as Record<string, string>,
        children: elementsOf(inside),
        text: inside.flatMap((node) => ("#text" in node ? [String(node["#text"])] : [])).join(""),
      },
    ];
  });

/** All elements at a path below `from`, such as "ExchangedDocument/ID". */
export const all = (from: Element, path: string): readonly Element[] =>
  path
    .split("/")
    .reduce<readonly Element[]>(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [from],
    );

/** The texts of those elements. */
export const texts = (from: Element, path: string): readonly string[] =>
  all(from, path).map(({ text }) => text.trim());

/** Every element of the tree, with the root. */
export const everywhere = (from: Element): readonly Element[] => [from, ...from.children.flatMap(everywhere)];

/** An element of the statement's XML, by its name without prefix. */
export interface Node {
  readonly name: string;
  text: string;
  /** The attribute Ccy of amounts. */
  readonly currency: string | null;
  readonly children: Node[];
}

export function childrenOf(node: Node | undefined, name: string): readonly Node[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

/** The first element along the path. */
export function childOf(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let at = node;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at;
}

/** The text at the end of the path; empty if there is none. */
export const textOf = (node: Node | undefined, ...path: readonly string[]): string =>
  childOf(node, ...path)?.text.trim() ?? "";

/**
 * Measures an operation with its fragments expanded. Each fragment is measured once, so the time stays linear in
 * the document even when nested fragments double at every level. A fragment that includes itself counts once;
 * another rule refuses it.
 */
import { Kind, type FragmentDefinitionNode, type SelectionNode, type SelectionSetNode } from "graphql";

export interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
}

type FragmentOf = (name: string) => FragmentDefinitionNode | null | undefined;

const nothing: Size = { depth: 0, fields: 0, rootFields: 0, aliases: 0, directives: 0 };

/** A function that measures selections and caches fragments. Use one for each document. */
export function measurer(fragmentOf: FragmentOf): (selections: SelectionSetNode | undefined) => Size {
  const known = new Map<string, Size>();

  function ofFragment(name: string): Size {
    const measured = known.get(name);
    if (measured) return measured;
    known.set(name, nothing);
    const size = ofSet(fragmentOf(name)?.selectionSet);
    known.set(name, size);
    return size;
  }

  function ofSelection(selection: SelectionNode): Size {
    const own = { ...nothing, directives: selection.directives?.length ?? 0 };
    if (selection.kind === Kind.FRAGMENT_SPREAD) return add(own, ofFragment(selection.name.value));
    const inner = ofSet(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return add(own, inner);
    // Introspection queries are deep by nature; graphql-js limits them with a rule of its own.
    const depth = selection.name.value.startsWith("__") ? 1 : inner.depth + 1;
    const aliases = inner.aliases + (selection.alias ? 1 : 0);
    return add(own, { ...inner, depth, aliases, fields: inner.fields + 1, rootFields: 1 });
  }

  function ofSet(set: SelectionSetNode | undefined): Size {
    return (set?.selections ?? []).map(ofSelection).reduce(add, nothing);
  }

  return ofSet;
}

function add(one: Size, other: Size): Size {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    rootFields: one.rootFields + other.rootFields,
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
  };
}

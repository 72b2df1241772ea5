/** The names under which an operation's root fields appear in its answer, with fragments expanded. */
import { Kind, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";

type FragmentOf = (name: string) => FragmentDefinitionNode | null | undefined;

/**
 * `__typename` is left out. A field under `@skip` or `@include` counts, because what an operation may do must not
 * depend on its variables.
 */
export function responseNamesOf(selections: SelectionSetNode, fragmentOf: FragmentOf): Set<string> {
  const names = new Set<string>();
  const seen = new Set<string>();

  function collect(set: SelectionSetNode | undefined): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) collectFragment(selection.name.value);
      else if (selection.name.value !== "__typename") names.add((selection.alias ?? selection.name).value);
    }
  }

  function collectFragment(name: string): void {
    if (seen.has(name)) return;
    seen.add(name);
    collect(fragmentOf(name)?.selectionSet);
  }

  collect(selections);
  return names;
}

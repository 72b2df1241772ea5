/**
 * Which subscriptions are answered with the same bytes? Those of one source with one selection: the same
 * document, operation, language and variables. A variable that only says where to begin makes no difference.
 */
import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from "graphql";
import { canonicalJson } from "../../shared/canonical-json";
import type { ReadableRequest } from "./request";

export interface Following {
  readonly sourceName: string;
  readonly startArguments: readonly string[];
  readonly language: string | null;
}

export function selectionKey(
  { known, operation, operationName, variables }: ReadableRequest,
  { sourceName, startArguments, language }: Following,
): string {
  const start = startVariables(known.document, operation, startArguments);
  const rest = Object.fromEntries(Object.entries(variables).filter(([name]) => !start.has(name)));
  const selection = [known.number, operationName, language, canonicalJson(rest)];
  return JSON.stringify([sourceName, ...selection]);
}

/** Variables that stand for these arguments of a root field, and nowhere else: not in a fragment either. */
export function startVariables(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  startArguments: readonly string[],
): ReadonlySet<string> {
  const uses = new Map<string, number>();
  for (const definition of document.definitions) {
    if (!("selectionSet" in definition)) continue;
    visit(definition.selectionSet, {
      Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
    });
  }
  const starting = operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? (selection.arguments ?? []).flatMap(({ name, value }) =>
          startArguments.includes(name.value) && value.kind === Kind.VARIABLE ? [value.name.value] : [],
        )
      : [],
  );
  return new Set(starting.filter((name) => uses.get(name) === 1));
}

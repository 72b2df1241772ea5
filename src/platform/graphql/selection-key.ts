/**
 * The key of subscriptions that can be answered with the same bytes: those with the same source, document,
 * operation, language and variables. Variables that only set the start position are left out of the key.
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

/** Variables used once in the whole document, fragments included: as one of these arguments of a root field. */
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

/**
 * Executes a subscription's document for one event without a connection, for events that are sent elsewhere. The
 * schema, the rules and the resolvers are those of live subscriptions, so the same access rules apply.
 */
import {
  execute,
  GraphQLError,
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { Documents } from "./documents";
import { isSubscription, readRequest } from "./request";
import { withoutValues } from "./client-error";

export interface EventDocument {
  readonly document: DocumentNode;
}

/** Reads a document. Returns it ready to execute, or messages for its author about what is wrong. */
export function readEventDocument(
  from: { readonly schema: GraphQLSchema; readonly documents: Documents },
  source: string,
  field: string,
): EventDocument | readonly string[] {
  const request = readRequest(from, { query: source });
  if (!("known" in request)) return request.map(({ message }) => withoutValues(message));
  const isFieldOnly = isSubscription(request.operation) && rootFieldOf(request.operation) === field;
  return isFieldOnly
    ? request.known
    : [`The document must be subscription { ${field} { … } } and nothing beside it.`];
}

/** The only root field, or null when there are more fields, variables, directives or an alias. */
function rootFieldOf({ selectionSet, variableDefinitions }: OperationDefinitionNode): string | null {
  const [only, ...more] = selectionSet.selections;
  if (only?.kind !== Kind.FIELD) return null;
  const extras = [...more, ...(variableDefinitions ?? []), ...(only.directives ?? []), only.alias];
  return extras.some((extra) => extra !== undefined) ? null : only.name.value;
}

/** Throws when any part of the event cannot be resolved, because partial events are not sent. */
export async function answerEvent(
  schema: GraphQLSchema,
  { document }: EventDocument,
  { event, context }: { readonly event: unknown; readonly context: object },
): Promise<Readonly<Record<string, unknown>>> {
  const result: ExecutionResult = await execute({
    schema,
    document,
    rootValue: event,
    contextValue: context,
  });
  const [error] = result.errors ?? [];
  if (error) throw error.originalError ?? error;
  if (!result.data) throw new GraphQLError("The event came out empty.");
  return result.data;
}

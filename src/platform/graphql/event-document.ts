/**
 * One event as a subscription's document asks for it, without a socket: the same schema, the same rules and the
 * same resolvers as those who are connected, so what they may not see, nobody is sent.
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
import { withoutValues } from "./fault";

export interface EventDocument {
  readonly document: DocumentNode;
}

/** What can be executed, or what is wrong with it: in words to whoever wrote it. */
export function readEventDocument(
  from: { readonly schema: GraphQLSchema; readonly documents: Documents },
  source: string,
  field: string,
): EventDocument | readonly string[] {
  const request = readRequest(from, { query: source });
  if (!("known" in request)) return request.map(({ message }) => withoutValues(message));
  const asksForIt = isSubscription(request.operation) && rootFieldOf(request.operation) === field;
  return asksForIt
    ? request.known
    : [`The document must be subscription { ${field} { … } } and nothing beside it.`];
}

/** null when it is no plain field: then it is not clear what would be sent. */
function rootFieldOf({ selectionSet, variableDefinitions }: OperationDefinitionNode): string | null {
  const [only, ...more] = selectionSet.selections;
  if (only?.kind !== Kind.FIELD) return null;
  const extras = [...more, ...(variableDefinitions ?? []), ...(only.directives ?? []), only.alias];
  return extras.some((extra) => extra !== undefined) ? null : only.name.value;
}

/** Throws when any part of it cannot be read: half an event is not sent. */
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

/**
 * Parses and validates a request that does not go through Apollo: its document, operation and variables. Returns
 * what can be executed, or all errors, by the same rules as Apollo.
 */
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { Documents, KnownDocument } from "./documents";
import { withSeparateItems } from "./separate-items";
import { variablesError, type RawVariables } from "./variables";

export interface RawRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: RawVariables | null | undefined;
}

export interface ReadableRequest {
  readonly known: KnownDocument;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  readonly variables: RawVariables;
}

export function readRequest(
  { schema, documents }: { readonly schema: GraphQLSchema; readonly documents: Documents },
  request: RawRequest,
): ReadableRequest | readonly GraphQLError[] {
  const known = documents.read(request.query);
  if (!("document" in known)) return known;
  const operationName = request.operationName ?? null;
  const operation = getOperationAST(known.document, operationName);
  if (!operation) return [new GraphQLError(noOperation)];
  const variables = withSeparateItems(schema, operation, request.variables ?? {});
  const error = variablesError(schema, operation, variables);
  return error ? [error] : { known, operation, operationName, variables };
}

const noOperation = "Say in operationName which operation of the document is meant.";

export const isSubscription = ({ operation }: OperationDefinitionNode): boolean =>
  operation === OperationTypeNode.SUBSCRIPTION;

/**
 * Reads a request that did not come through the HTTP server: parse, validate, check the variables. It answers
 * with what can be executed, or with everything that is wrong, by the same rules as HTTP.
 */
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from "graphql";
import { limits } from "./limits";
import { variableProblems, type RawVariables } from "./variables";

export interface RawRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: RawVariables | null | undefined;
}

export interface ReadableRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export function readRequest(
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
  request: RawRequest,
): ReadableRequest | readonly GraphQLError[] {
  const document = parsed(request.query);
  if (document instanceof GraphQLError) return [document];
  const faults = validate(schema, document, [...specifiedRules, ...rules]);
  if (faults.length > 0) return faults;
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return [new GraphQLError(noOperation)];
  const problems = variableProblems(schema, operation, request.variables ?? {});
  return problems.length > 0 ? problems : { document, operation };
}

const noOperation = "Say in operationName which operation of the document is meant.";

function parsed(source: string): DocumentNode | GraphQLError {
  try {
    return parse(source, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

export const isSubscription = ({ operation }: OperationDefinitionNode): boolean =>
  operation === OperationTypeNode.SUBSCRIPTION;

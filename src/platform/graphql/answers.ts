/** Formats the errors of results that leave a socket, as over HTTP, and counts the operations. */
import {
  getOperationAST,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
} from "graphql";
import { errorCodeOf } from "./errors";
import type { GraphQLServerParts } from "./server-parts";

type Counting = Pick<GraphQLServerParts<unknown>, "metrics" | "formatError">;

export function resultOf(
  { metrics, formatError }: Counting,
  args: ExecutionArgs,
  result: ExecutionResult,
): ExecutionResult {
  const errors = result.errors?.map(formatError);
  const type = getOperationAST(args.document, args.operationName)?.operation ?? "unknown";
  if (type === OperationTypeNode.SUBSCRIPTION && "data" in result) metrics.eventsSent.inc();
  else metrics.operations.inc({ type, outcome: errorCodeOf(errors?.[0]) });
  // graphql-ws sends these formatted errors as they are, although graphql-js types them as GraphQLError.
  return (errors ? { ...result, errors } : result) as ExecutionResult;
}

export function refusalsOf(
  { metrics, formatError }: Counting,
  errors: readonly GraphQLError[],
): GraphQLFormattedError[] {
  const formatted = errors.map(formatError);
  metrics.operations.inc({ type: "unknown", outcome: errorCodeOf(formatted[0]) });
  return formatted;
}

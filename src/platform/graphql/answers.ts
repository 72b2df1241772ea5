/** How results and refusals leave a socket: with the errors of HTTP, and counted. */
import {
  getOperationAST,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
} from "graphql";
import { codeOf } from "./errors";
import type { Shell } from "./shell";

type Counting = Pick<Shell<unknown>, "metrics" | "formatError">;

export function resultOf(
  { metrics, formatError }: Counting,
  args: ExecutionArgs,
  result: ExecutionResult,
): ExecutionResult {
  const errors = result.errors?.map(formatError);
  const type = getOperationAST(args.document, args.operationName)?.operation ?? "unknown";
  if (type === OperationTypeNode.SUBSCRIPTION && "data" in result) metrics.eventsSent.inc();
  else metrics.operations.inc({ type, outcome: codeOf(errors?.[0]) });
  // The protocol sends what stands here as it is; graphql-js types it by its own error class.
  return (errors ? { ...result, errors } : result) as ExecutionResult;
}

export function refusalsOf(
  { metrics, formatError }: Counting,
  errors: readonly GraphQLError[],
): GraphQLFormattedError[] {
  const formatted = errors.map(formatError);
  metrics.operations.inc({ type: "unknown", outcome: codeOf(formatted[0]) });
  return formatted;
}

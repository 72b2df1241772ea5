/** Executes a query or mutation, and gives up waiting for it after a while: no request may stay open for ever. */
import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from "graphql";

export async function executeWithin(timeoutMs: number, args: ExecutionArgs): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<ExecutionResult>((resolve) => {
    timer = setTimeout(() => resolve({ errors: [tooSlow(timeoutMs)] }), timeoutMs);
  });
  return Promise.race([Promise.resolve(execute(args)), tooLate]).finally(() => clearTimeout(timer));
}

function tooSlow(timeoutMs: number): GraphQLError {
  const originalError = new Error(`An operation was given up after ${timeoutMs} ms.`);
  return new GraphQLError("The operation took too long.", { originalError });
}

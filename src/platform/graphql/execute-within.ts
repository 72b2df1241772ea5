/** Executes a query or mutation, and gives up waiting for it after a while: no request may stay open for ever. */
import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from "graphql";
import { after, cancel } from "../clock";

export async function executeWithin(timeoutMs: number, args: ExecutionArgs): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<ExecutionResult>((resolve) => {
    timer = after(timeoutMs, () => resolve({ errors: [tooSlow(timeoutMs)] }));
  });
  return Promise.race([Promise.resolve(execute(args)), tooLate]).finally(() => cancel(timer));
}

function tooSlow(timeoutMs: number): GraphQLError {
  const originalError = new Error(`An operation was given up after ${timeoutMs} ms.`);
  return new GraphQLError("The operation took too long.", { originalError });
}

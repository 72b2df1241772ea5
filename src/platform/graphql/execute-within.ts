/** Executes a query or mutation and stops waiting for it after the timeout. */
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

/** Executes a query or mutation and stops waiting for it after the timeout. */
import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from "graphql";
import { AppError } from "../../shared/errors";
import { after, cancel } from "../clock";

export const tooSlowMessage =
  "This took too long and was given up. It may still have been carried out: ask again, with the same idempotencyKey.";

export async function executeWithin(timeoutMs: number, args: ExecutionArgs): Promise<ExecutionResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<ExecutionResult>((resolve) => {
    timer = after(timeoutMs, () => resolve({ errors: [tooSlow()] }));
  });
  return Promise.race([Promise.resolve(execute(args)), tooLate]).finally(() => cancel(timer));
}

const tooSlow = (): GraphQLError =>
  new GraphQLError(tooSlowMessage, {
    originalError: new AppError("UNAVAILABLE", tooSlowMessage, { retryAfterSeconds: 5 }),
  });

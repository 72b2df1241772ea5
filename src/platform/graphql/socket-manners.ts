/** What the server holds every socket to, and the numbers with which it says goodbye. */
import { GraphQLError } from "graphql";
import { AppError } from "../../shared/errors";
import { limits } from "./limits";

export interface Visitor {
  readonly clientAddress: string;
  readonly origin: string | null;
  readonly language: string | null;
}

/** Close codes of our own, beside those of the protocol. */
export const closeCodes = {
  goingAway: 1001,
  /** Too many come at once: again in a moment. */
  tryAgainLater: 1013,
  badRequest: 4400,
  forbidden: 4403,
  /** The reader took nothing more for limits.slowReaderMs, or asked and did not read. */
  tooSlow: 4413,
  internal: 4500,
} as const;

export const terminateAfterMs = 1_500;

export const tooSlowWords = "Reads too slowly: resume from your last cursor";

export const tooMany = (): GraphQLError => {
  const message = `One socket carries at most ${limits.operationsPerSocket} operations at once. Complete one first.`;
  return new GraphQLError(message, { originalError: new AppError("RATE_LIMITED", message) });
};

export function withoutPrototypes(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("A key named __proto__ is not allowed.");
  return value;
}

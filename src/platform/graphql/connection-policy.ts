/** How the server closes WebSockets and event streams, and what it refuses on a socket. */
import { GraphQLError } from "graphql";
import { AppError } from "../../shared/errors";
import { limits } from "./limits";

/** What the upgrade request says about the client. */
export interface ClientInfo {
  readonly clientAddress: string;
  readonly origin: string | null;
  readonly language: string | null;
}

/** The close codes that this server sends itself. graphql-ws sends further ones. */
export const closeCodes = {
  goingAway: 1001,
  /** Too many clients connect at once; the client may retry in a moment. */
  tryAgainLater: 1013,
  badRequest: 4400,
  forbidden: 4403,
  /** The client read nothing for limits.slowReaderMs, or left too many answers unread. */
  tooSlow: 4413,
  internal: 4500,
} as const;

/** How long a client has to answer a close before its connection is destroyed. */
export const terminateAfterMs = 1_500;

export const tooSlowMessage = "Reads too slowly: resume from your last cursor";

export const tooManyOperations = (): GraphQLError => {
  const message = `One socket carries at most ${limits.operationsPerSocket} operations at once. Complete one first.`;
  return new GraphQLError(message, { originalError: new AppError("RATE_LIMITED", message) });
};

/** A reviver for JSON.parse that refuses keys which could change an object's prototype. */
export function refuseProtoKey(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("A key named __proto__ is not allowed.");
  return value;
}

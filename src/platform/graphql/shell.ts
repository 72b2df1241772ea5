/** What the transports share: the schema, who may enter, and how an operation is given its context. */
import type { GraphQLSchema, ValidationRule } from "graphql";
import type { Log } from "../log";
import type { Metrics } from "../metrics";
import type { Documents } from "./documents";
import type { FormatError } from "./errors";
import type { FollowerHost } from "./follower";

export interface Caller<P> {
  readonly principal: P | null;
  readonly clientAddress: string;
  /** The first language the client asks for, as two letters, or null. */
  readonly language: string | null;
}

export interface Shell<P> {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
  readonly documents: Documents;
  readonly followers: FollowerHost;
  readonly formatError: FormatError;
  readonly log: Log;
  readonly metrics: Metrics;
  /** null: anonymous. Throws UNAUTHENTICATED when a bearer is given and is not valid. */
  readonly authenticate: (
    bearer: string | null,
    origin: string | null,
    clientAddress: string,
  ) => Promise<P | null>;
  /** A fresh one for each operation, and for each event of a subscription. */
  readonly context: (caller: Caller<P>) => object;
  readonly stillValid: (principals: readonly P[]) => Promise<ReadonlySet<P>>;
}

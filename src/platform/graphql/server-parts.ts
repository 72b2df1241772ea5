/** What HTTP, WebSockets and event streams share: the schema, authentication, contexts, the log and the metrics. */
import type { GraphQLSchema, ValidationRule } from "graphql";
import type { Log } from "../log";
import type { Metrics } from "../metrics";
import type { Documents } from "./documents";
import type { FormatError } from "./errors";
import type { FollowerHost } from "./follower";

export interface Caller<P> {
  readonly principal: P | null;
  readonly clientAddress: string;
  /** The client's preferred language as two letters, or null when it names none. */
  readonly language: string | null;
}

export interface GraphQLServerParts<P> {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
  readonly documents: Documents;
  readonly followers: FollowerHost;
  readonly formatError: FormatError;
  readonly log: Log;
  readonly metrics: Metrics;
  /** A query or mutation that takes longer is given up. */
  readonly requestMs: number;
  /** Returns null for an anonymous client. Throws UNAUTHENTICATED when the bearer token is not valid. */
  readonly authenticate: (
    bearer: string | null,
    origin: string | null,
    clientAddress: string,
  ) => Promise<P | null>;
  /** Makes a new context, for each operation and for each event of a subscription. */
  readonly context: (caller: Caller<P>) => object;
  /** The principals among these whose credentials are still valid. */
  readonly stillValid: (principals: readonly P[]) => Promise<ReadonlySet<P>>;
}

/**
 * The interface of a delivery channel. The pipeline decides when, in which order and how often an event is sent; a
 * sender only formats it for its channel, sends it, and reports the result.
 */
import type { FeedKind, PlacedEntry } from "../../account/feed";
import type { Destination, EndpointKind, EndpointOptions } from "./endpoint";

/** Why an attempt failed. */
export const failureReasons = [
  "NAME_NOT_FOUND",
  "ADDRESS_REFUSED",
  "NOT_CONNECTED",
  "TLS_FAILED",
  "TIMED_OUT",
  "CONNECTION_LOST",
  "REDIRECTED",
  "GONE",
  "REFUSED",
  "NOT_ACCEPTED",
  "OUR_FAULT",
] as const;
export type FailureReason = (typeof failureReasons)[number];

export interface Failure {
  readonly kind: "FAILED";
  /** REFUSED: this event is rejected, others may not be. GONE: no event is accepted. OUR_FAULT: nothing was sent. */
  readonly reason: FailureReason;
  /** The status of the answer; null if there was none. */
  readonly status: number | null;
  /** The wait that the receiver requested; null if it did not. */
  readonly retryAfterMs: number | null;
}

export interface Delivered {
  readonly kind: "DELIVERED";
  readonly status: number | null;
}

export type Sent = Delivered | Failure;

export interface Message {
  /** The same for every attempt to send this event to this endpoint, so that the receiver can detect duplicates. */
  readonly id: string;
  /** The time of this attempt. */
  readonly at: Date;
  readonly destination: Destination;
  /** null for a test. */
  readonly event: PlacedEntry | null;
  /** Whether this event may have arrived before. */
  readonly mayBeRepeat: boolean;
  /**
   * Executes this subscription to `leadFeed` for the event, under the consent at the time of the call. Call it as late
   * as possible, once per attempt: a lead revoked in the meantime is returned without personal data. Throws when the
   * event cannot be read; the attempt then failed with OUR_FAULT.
   */
  readonly render: (document: string) => Promise<Readonly<Record<string, unknown>>>;
}

export interface Sender {
  readonly kind: EndpointKind;
  /** Whether messages are signed. The supplier is shown the secret once. */
  readonly signs: boolean;
  /** Whether the channel supports this kind of event. Others are skipped. */
  readonly supports: (event: FeedKind) => boolean;
  /** Kinds that are sent even if the supplier did not choose them, because they revoke what was sent before. */
  readonly mandatory: readonly FeedKind[];
  /** What is wrong with the target, as a message to the supplier; null if nothing is. */
  readonly targetFault: (target: string) => string | null;
  /** What is wrong with the options, as a message to the supplier; null if nothing is. */
  readonly optionsFault: (options: EndpointOptions) => string | null;
  /** Finishes within ten seconds. Throws only for internal errors. */
  readonly send: (message: Message, signal: AbortSignal) => Promise<Sent>;
}

/**
 * One channel, as the pipeline sees it. The pipeline decides when, in which order and how often an event is
 * sent; a sender only puts it into its channel's words and says what became of it.
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
  /** REFUSED: this event will not be taken, others may be. GONE: nothing ever will. OUR_FAULT: nothing was sent. */
  readonly reason: FailureReason;
  /** Of the answer, if there was one. */
  readonly status: number | null;
  /** Asked for by the other side. */
  readonly retryAfterMs: number | null;
}

export interface Delivered {
  readonly kind: "DELIVERED";
  readonly status: number | null;
}

export type Sent = Delivered | Failure;

export interface Message {
  /** The same at every attempt at this event for this endpoint: the receiver knows by it what it has already. */
  readonly id: string;
  /** Of this attempt. */
  readonly at: Date;
  readonly destination: Destination;
  /** null: a test, with nobody in it. */
  readonly event: PlacedEntry | null;
  /** This event may have arrived before. */
  readonly again: boolean;
  /**
   * The event as this subscription to `leadFeed` asks for it, under the consent of the moment it is called. Call
   * it as late as possible, once for each attempt: a lead that was withdrawn meanwhile comes without the person.
   * Throws when it cannot be read: the attempt is then our own fault.
   */
  readonly render: (document: string) => Promise<Readonly<Record<string, unknown>>>;
}

export interface Sender {
  readonly kind: EndpointKind;
  /** Whether messages are signed with a secret that the supplier is shown once. */
  readonly signs: boolean;
  /** Whether the channel has words for such an event; what it has none for is passed over. */
  readonly speaks: (event: FeedKind) => boolean;
  /** What is sent whatever its supplier chose: it takes away what was sent before. */
  readonly always: readonly FeedKind[];
  /** What is wrong with such a target or its options, in words to the supplier; null: nothing. */
  readonly faultOf: (target: string, options: EndpointOptions) => string | null;
  /** Ends by itself within ten seconds. Throws only for what is our own fault. */
  readonly send: (message: Message, signal: AbortSignal) => Promise<Sent>;
}

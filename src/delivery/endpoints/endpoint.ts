/** The shared types of an endpoint: its kinds, its destination, and the progress of sending to it. */
import type { FeedKind } from "../../account/feed";

export const endpointKinds = ["WEBHOOK", "EMAIL", "ADF_HTTP", "ADF_MAIL"] as const;
export type EndpointKind = (typeof endpointKinds)[number];

export const pauseReasons = ["BY_SUPPLIER", "GONE", "FAILING", "DOCUMENT_INVALID"] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** Settings of the endpoint's kind besides the target. No secrets and nothing about the people of leads. */
export type EndpointOptions = Readonly<Record<string, string | number | boolean | null>>;

/** How far sending has progressed. The current event is the next one after the position. */
export interface EndpointProgress {
  readonly position: number;
  /** Failed attempts at the current event. */
  readonly attempts: number;
  readonly firstTriedAt: Date | null;
  /** Consecutive failures, of any events. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly nextTryAt: Date;
}

/** An endpoint with its sealed parts opened, for its sender and its own supplier. */
export interface Destination extends EndpointProgress {
  readonly id: string;
  readonly supplierId: string;
  readonly kind: EndpointKind;
  readonly label: string;
  /** An https or e-mail address, depending on the kind. Never log it: it may contain a token. */
  readonly target: string;
  readonly options: EndpointOptions;
  /** null for all kinds of events. */
  readonly events: readonly FeedKind[] | null;
  /** The GraphQL subscription that selects what is sent; null for the default of the kind. */
  readonly document: string | null;
  /** The signing secrets, newest first: two for a day after a rotation, none if the kind does not sign. */
  readonly secrets: readonly Buffer[];
}

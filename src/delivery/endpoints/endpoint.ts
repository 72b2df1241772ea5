/** Where a supplier wants its events sent, and how far that has come. */
import type { FeedKind } from "../../account/feed";

export const endpointKinds = ["WEBHOOK", "EMAIL", "ADF_HTTP", "ADF_MAIL"] as const;
export type EndpointKind = (typeof endpointKinds)[number];

export const pauseReasons = ["BY_SUPPLIER", "GONE", "FAILING", "DOCUMENT_INVALID"] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** What a kind of endpoint must know beside its target: nothing secret, nothing about a person. */
export type EndpointOptions = Readonly<Record<string, string | number | boolean | null>>;

/** How far sending has come. The event in hand is the next one after the position. */
export interface Progress {
  readonly position: number;
  /** Of the event in hand. */
  readonly attempts: number;
  readonly firstTriedAt: Date | null;
  /** In a row, whatever the event. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly nextTryAt: Date;
}

/** An endpoint with its seals broken, as its sender and its own supplier may see it. */
export interface Destination extends Progress {
  readonly id: string;
  readonly supplierId: string;
  readonly kind: EndpointKind;
  readonly label: string;
  /** An https address, or an e-mail address: the kind says which. Never in a log: it may hold a token. */
  readonly target: string;
  readonly options: EndpointOptions;
  /** null: every kind of event. */
  readonly events: readonly FeedKind[] | null;
  /** A GraphQL subscription that says what is sent; null: the kind's own. */
  readonly document: string | null;
  /** What signs, the newest first: for a day after a rotation there are two. Empty: nothing is signed. */
  readonly secrets: readonly Buffer[];
}

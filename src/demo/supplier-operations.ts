/** The GraphQL operations of a supplier's integration: its leads and its feed. */
import type { Operation } from "./api";

export interface LeadRow {
  readonly id: string;
  readonly outcome: { readonly status: string } | null;
}

interface LeadRows {
  readonly leads: { readonly edges: readonly { readonly node: LeadRow }[] };
}

export const leadsOperation: Operation<Record<string, never>, LeadRows> = {
  query: "{ leads(first: 20) { edges { node { id outcome { status } } } } }",
};

export interface OutcomeInput {
  readonly leadId: string;
  readonly status: string;
  readonly occurredAt: string;
  readonly externalId: string;
  readonly saleCents?: number;
  readonly vehicle?: string;
}

interface OutcomeAnswer {
  readonly reportOutcomes: readonly { readonly accepted: boolean; readonly error: string | null }[];
}

export const reportOperation: Operation<{ input: readonly OutcomeInput[] }, OutcomeAnswer> = {
  query: "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted error } }",
};

export interface FeedLead {
  readonly product: { readonly id: string };
  readonly place: { readonly commune: { readonly name: string } };
  readonly contact: { readonly firstName: string | null; readonly lastName: string | null };
  readonly seat: number;
  readonly seats: number;
  readonly priceCents: number;
}

export type FeedEvent = { readonly cursor: string } & (
  | { readonly __typename: "LeadMatched"; readonly leadId: string; readonly lead: FeedLead | null }
  | { readonly __typename: "LeadUpdated"; readonly leadId: string; readonly changed: readonly string[] }
  | { readonly __typename: "LeadRevoked"; readonly leadId: string; readonly reason: string }
  | {
      readonly __typename: "CapReached";
      readonly campaign: { readonly name: string };
      readonly cap: { readonly unit: string; readonly period: string; readonly limit: number };
      readonly resetsAt: string;
    }
);

export const leadFeedOperation: Operation<{ after: string | null }, { leadFeed: FeedEvent }> = {
  query: `subscription ($after: Cursor) { leadFeed(after: $after) { __typename cursor
    ... on LeadMatched { leadId lead { product { id } place { commune { name } } contact { firstName lastName }
      seat seats priceCents } }
    ... on LeadUpdated { leadId changed }
    ... on LeadRevoked { leadId reason }
    ... on CapReached { campaign { name } cap { unit period limit } resetsAt } } }`,
};

export interface FeedPosition {
  readonly endCursor: string;
  readonly hasMore: boolean;
}

/** Reads positions in the feed without the events. */
export const feedPositionsOperation: Operation<{ after: string | null }, { feed: FeedPosition }> = {
  query: "query ($after: Cursor) { feed(first: 100, after: $after) { endCursor hasMore } }",
};

export const acknowledgeOperation: Operation<{ upTo: string }, unknown> = {
  query: "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }",
};

export const deletedOperation: Operation<{ leadId: string }, unknown> = {
  query:
    "mutation ($leadId: ID!) { acknowledgeRevocation(leadId: $leadId, disposition: DELETED) { acknowledgedAt } }",
};

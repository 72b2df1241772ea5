/**
 * How a decision is stored: a few hundred bytes of MessagePack instead of a few thousand of JSON, because there
 * will be tens of millions. Lists instead of names, ids as their sixteen bytes, instants as milliseconds since
 * the decision, each supplier once. What the parts mean is decision.ts; pack-decision.ts and unpack-decision.ts
 * are each other's inverse.
 *
 * What is stored stays: the lists of words below may grow at their ends, and so may a list whose end may be left
 * out; `format` is raised for any other change.
 */
import { type CampaignStatus } from "../../offers/campaigns";
import { type RefusalReason } from "./facts";
import { type IdCode } from "./id-code";

export const format = 1;

export const statusWords: readonly CampaignStatus[] = ["ACTIVE", "PAUSED", "ARCHIVED"];

export const reasonWords: readonly RefusalReason[] = [
  "NOT_CONSENTED",
  "OTHER_PRODUCT",
  "CAMPAIGN_NOT_ACTIVE",
  "OUTSIDE_ZONES",
  "IN_EXCLUDED_ZONE",
  "PLACE_NOT_PRECISE",
  "CRITERION_NOT_MET",
  "OWN_CUSTOMER",
  "RECEIVED_RECENTLY",
  "TOO_OLD",
  "OUTSIDE_SCHEDULE",
  "BETTER_CAMPAIGN_OF_SAME_SUPPLIER",
  "CAMPAIGN_CHANGED",
  "CAP_REACHED",
  "BALANCE_TOO_LOW",
  "SEATS_TAKEN",
  "WANTS_FEWER_SEATS",
  "ALREADY_RECEIVED",
  "NOBODY_CONNECTED",
];

/** Milliseconds after the decision; before it they are negative. */
export type Since = number;
/** Its place in the list of suppliers. */
export type SupplierCode = number;
/** Its place in a list of words. */
export type WordCode = number;

/** What is null at the end of one of these is left out. */
export type PackedCandidate = readonly [
  campaign: IdCode,
  supplier: SupplierCode,
  version: number,
  status: WordCode,
  verdict: PackedVerdict,
  pausedUntil?: Since | null,
  capacity?: PackedCapacity | null,
  facts?: PackedFacts | null,
];
export type PackedVerdict = readonly [
  seat?: number | null,
  capsReached?: readonly number[] | null,
  reason?: WordCode | null,
  field?: string | null,
  cap?: number | null,
  liftsAt?: Since | null,
];
export type PackedCapacity = readonly [
  availableCents: number,
  caps: readonly PackedWindow[],
  /** Where the campaign stood otherwise under the lock than it had been read. */
  version?: number | null,
  status?: WordCode | null,
  isConnected?: boolean | null,
];
/** What the rule looked at beyond the terms: last received, kilometres, score. null is not known. */
export interface PackedFacts {
  readonly r?: Since | null;
  readonly k?: number | null;
  readonly s?: number | null;
}
export type PackedWindow = readonly [start: Since, end: Since, used: number];

export interface Packed {
  readonly head: readonly [format: number, rules: string, rulesVersion: number, market: number, at: number];
  /** All that are named: those consented to first, so many as `consented` says. */
  readonly suppliers: readonly IdCode[];
  readonly consented: number;
  /** In the order of their verdicts: the eligible, so many as `eligible` says, then the refused. */
  readonly candidates: readonly PackedCandidate[];
  readonly eligible: number;
  readonly relations: readonly (readonly [SupplierCode, lastReceivedAt: Since | null, isOwn: boolean])[];
  readonly seats: readonly [
    limit: number,
    fixed: number | null,
    taken: number,
    served: readonly SupplierCode[],
  ];
  readonly outcome: readonly [seats: number | null, nextTryAt: Since | null, waiting: boolean];
}

/** As they stand in the stored list. */
export const parts = [
  "head",
  "suppliers",
  "consented",
  "candidates",
  "eligible",
  "relations",
  "seats",
  "outcome",
] as const satisfies readonly (keyof Packed)[];

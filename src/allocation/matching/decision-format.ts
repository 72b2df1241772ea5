/**
 * How is a decision stored? As a few hundred bytes of MessagePack instead of a few thousand of JSON, because
 * there will be tens of millions of them: arrays instead of named fields, ids as their sixteen bytes,
 * instants as milliseconds relative to the decision, each supplier once. The meaning of the parts is in
 * decision.ts. pack-decision.ts and unpack-decision.ts are inverses of each other.
 *
 * Stored data never changes. The lists of words below may grow at their ends, and so may tuples with optional
 * ends. Any other change needs a new `format`.
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

/** Milliseconds since the decision; negative before it. */
export type Since = number;
/** An index into the list of suppliers. */
export type SupplierCode = number;
/** An index into a list of words. */
export type WordCode = number;

/** Trailing nulls are left out of these tuples. */
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
  /** Version and status under the lock, if they differ from what had been read before. */
  version?: number | null,
  status?: WordCode | null,
  isConnected?: boolean | null,
];
/**
 * What the ranking rule used beyond the terms: last received (`r`), kilometres (`k`), score (`s`). null means
 * unknown.
 */
export interface PackedFacts {
  readonly r?: Since | null;
  readonly k?: number | null;
  readonly s?: number | null;
}
export type PackedWindow = readonly [start: Since, end: Since, used: number];

export interface Packed {
  readonly head: readonly [format: number, rules: string, rulesVersion: number, market: number, at: number];
  /** All suppliers that are mentioned. The first `consented` of them are those the person consented to. */
  readonly suppliers: readonly IdCode[];
  readonly consented: number;
  /** In the order of the verdicts: first the `eligible` eligible candidates, then the refused ones. */
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

/** In the order of the stored array. */
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

/** Decisions as they were made, and made again. */
import type { DecisionRecord, Difference, Explained } from "../matching";

export interface RecordedDecision {
  readonly leadId: string;
  readonly number: number;
  readonly at: Date;
  /** null if what is stored cannot be read any more. */
  readonly record: DecisionRecord | null;
}

export interface ReplayedDecision extends RecordedDecision {
  readonly erased: false;
  /** Empty when it comes out the same. */
  readonly differences: readonly Difference[];
  /** Empty if the terms of a candidate are no longer there. */
  readonly explained: readonly Explained[];
}

/** The facts of the need are gone, and so is all that could be said about it. */
export interface ErasedDecision extends RecordedDecision {
  readonly erased: true;
}

export type Replay = {
  /** The reference of the request whose seats this one shares. */
  readonly joinedTo: string | null;
} & ({ readonly erased: true } | { readonly erased: false; readonly decisions: readonly ReplayedDecision[] });

/** What became of the decisions of a span of time when they were made again. */
export interface ReplayReport {
  readonly same: number;
  /** Their requests were erased since. */
  readonly erased: number;
  /** Made by rules of an earlier version, which are not there any more to be followed. */
  readonly otherRules: number;
  readonly differing: readonly { readonly reference: string; readonly decision: ReplayedDecision }[];
}

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
  /** Empty when it comes out the same. */
  readonly differences: readonly Difference[];
  /** Made only where it is read. Empty if the terms of a candidate are no longer there. */
  readonly explain: () => readonly Explained[];
}

export type Replay = {
  /** The reference of the request whose seats this one shares. */
  readonly joinedTo: string | null;
} & ({ readonly erased: true } | { readonly erased: false; readonly decisions: readonly ReplayedDecision[] });

export interface DifferingDecision {
  /** Of the request it is about. */
  readonly reference: string;
  readonly number: number;
  readonly differences: readonly Difference[];
}

/** What became of the decisions of a span of time when they were made again. */
export interface ReplayReport {
  readonly same: number;
  /** Made by rules so old that today's do not decide as they did. */
  readonly otherRules: number;
  readonly differing: readonly DifferingDecision[];
}

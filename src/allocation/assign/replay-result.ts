/** Recorded decisions, and the results of replaying them. */
import type { DecisionRecord, DecisionDifference, Explained } from "../matching";

export interface RecordedDecision {
  readonly leadId: string;
  readonly number: number;
  readonly at: Date;
  /** null if the stored form can no longer be read. */
  readonly record: DecisionRecord | null;
}

export interface ReplayedDecision extends RecordedDecision {
  /** Empty if the replay has the same outcome. */
  readonly differences: readonly DecisionDifference[];
  /** Computed only when it is read. Empty if the terms of a candidate no longer exist. */
  readonly explain: () => readonly Explained[];
}

export type Replay = {
  /** The reference of the earlier request with which this one shares its seats. */
  readonly joinedTo: string | null;
} & ({ readonly erased: true } | { readonly erased: false; readonly decisions: readonly ReplayedDecision[] });

export interface DifferingDecision {
  /** The reference of the request that was decided. */
  readonly reference: string;
  readonly number: number;
  readonly differences: readonly DecisionDifference[];
}

/** The result of replaying all decisions of a time span. */
export interface ReplayReport {
  readonly same: number;
  /** Decisions made by earlier rules, so that their replay may differ. */
  readonly otherRules: number;
  readonly differing: readonly DifferingDecision[];
}

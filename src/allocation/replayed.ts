/** Decisions as they were made, and made again. */
import type { DecisionRecord, Difference } from "../matching";

export interface ReplayedDecision {
  readonly number: number;
  readonly at: Date;
  readonly record: DecisionRecord;
  /** Empty when it comes out the same. */
  readonly differences: readonly Difference[];
}

export type Replay = {
  /** The reference of the request whose seats this one shares. */
  readonly joinedTo: string | null;
} & ({ readonly erased: true } | { readonly erased: false; readonly decisions: readonly ReplayedDecision[] });

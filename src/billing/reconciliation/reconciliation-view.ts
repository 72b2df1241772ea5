/** A month laid side by side, as it is read. */
export type DifferenceKind = "MISSING_LEFT" | "MISSING_RIGHT" | "DIFFERS";

export interface Difference {
  readonly kind: DifferenceKind;
  /** The id or reference with which to look at the cause. */
  readonly subject: string;
  readonly leftCents: number;
  readonly rightCents: number;
}

export interface Comparison {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly matched: number;
  readonly matchedCents: number;
  readonly differing: number;
  readonly differences: readonly Difference[];
}

export interface Reconciliation {
  readonly month: string;
  readonly comparisons: readonly Comparison[];
  /** What stands on suspense (471), of all time. */
  readonly suspenseCents: number;
  readonly locked: boolean;
}

/** Read model of a month's reconciliation. */
export type DifferenceKind = "MISSING_LEFT" | "MISSING_RIGHT" | "DIFFERS";

export interface Difference {
  readonly kind: DifferenceKind;
  /** The id or reference with which to look up the cause. */
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
  /** Balance of the suspense account (471) over all time. */
  readonly suspenseCents: number;
  readonly locked: boolean;
}

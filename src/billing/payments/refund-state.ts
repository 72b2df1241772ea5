/** Where a refund stands. A bank may send one back after it had succeeded, so failing is the last word. */
export type RefundStatus = "CREATED" | "PENDING" | "SUCCEEDED" | "FAILED" | "CANCELED";

const ranks: Readonly<Record<RefundStatus, number>> = {
  CREATED: 0,
  PENDING: 1,
  SUCCEEDED: 2,
  FAILED: 3,
  CANCELED: 3,
};

export const laterRefund = (is: RefundStatus, told: RefundStatus): RefundStatus =>
  ranks[told] > ranks[is] ? told : is;

export const isUnderWay = (status: RefundStatus): boolean => ranks[status] < ranks.SUCCEEDED;

/** The money is ours again. */
export const cameBack = (status: RefundStatus): boolean => ranks[status] === ranks.FAILED;

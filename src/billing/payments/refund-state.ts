/**
 * State machine of a refund. A bank may return one even after it succeeded, so FAILED and CANCELED are final.
 */
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

/** Whether the money came back to us. */
export const cameBack = (status: RefundStatus): boolean => ranks[status] === ranks.FAILED;

/** Where a payment stands. Events arrive late, twice and in any order, so a payment only ever moves forward. */
import { noLimits, waitAfter, type RetryRule } from "../../shared/retry";
import type { IntentStatus } from "./collector";

/** CREATED: Stripe was asked for it, or will be, and has not answered yet. */
export type PaymentStatus = "CREATED" | IntentStatus;

const ranks: Readonly<Record<PaymentStatus, number>> = {
  CREATED: 0,
  REQUIRES_ACTION: 1,
  PROCESSING: 2,
  FAILED: 3,
  CANCELED: 4,
  SUCCEEDED: 5,
};

/** A payment that succeeded stays so, whatever is said later: only a dispute or a refund takes the money back. */
export const later = (is: PaymentStatus, told: PaymentStatus): PaymentStatus =>
  ranks[told] > ranks[is] ? told : is;

export const isOpen = (status: PaymentStatus): boolean => ranks[status] < ranks.FAILED;

/** Stripe forgets the key of a create call after a day: from then on a payment is searched for, not created again. */
export const keyHeldMs = 23 * 3_600_000;

/** Payments and refunds are asked about until Stripe says how they ended: soon at first, and at least once an hour. */
export const askAgainRule: RetryRule = {
  backOff: { by: "AGE", shortestMs: 30_000, longestMs: 3_600_000 },
  limits: noLimits,
};

export const nextTry = (requestedAt: Date, at: Date): Date => {
  const ageMs = Math.max(0, at.getTime() - requestedAt.getTime());
  const wait = waitAfter(askAgainRule.backOff, { failures: 1, ageMs }, { draw: 1, retryAfterMs: null });
  return new Date(at.getTime() + wait);
};

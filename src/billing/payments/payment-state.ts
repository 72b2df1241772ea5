/**
 * State machine of a payment. Events arrive late, repeatedly and in any order, so a payment only moves
 * forward.
 */
import { noLimits, waitAfter, type RetryRule } from "../../shared/retry";
import type { IntentStatus } from "./collector";

/** CREATED: stored by us; Stripe has not answered the create call yet. */
export type PaymentStatus = "CREATED" | IntentStatus;

const ranks: Readonly<Record<PaymentStatus, number>> = {
  CREATED: 0,
  REQUIRES_ACTION: 1,
  PROCESSING: 2,
  FAILED: 3,
  CANCELED: 4,
  SUCCEEDED: 5,
};

/** A payment that succeeded stays so, whatever event follows: only a dispute or a refund reverses it. */
export const later = (is: PaymentStatus, told: PaymentStatus): PaymentStatus =>
  ranks[told] > ranks[is] ? told : is;

export const isPaymentOpen = (status: PaymentStatus): boolean => ranks[status] < ranks.FAILED;

/**
 * Stripe keeps the idempotency key of a create call for a day. After this shorter time a payment is searched
 * for instead of created again.
 */
export const keyHeldMs = 23 * 3_600_000;

/** Payments and refunds are queried until they have ended: soon at first, then at least once an hour. */
export const askAgainRule: RetryRule = {
  backOff: { by: "AGE", shortestMs: 30_000, longestMs: 3_600_000 },
  limits: noLimits,
};

export const nextTry = (requestedAt: Date, at: Date): Date => {
  const ageMs = Math.max(0, at.getTime() - requestedAt.getTime());
  const wait = waitAfter(askAgainRule.backOff, { failures: 1, ageMs }, { draw: 1, retryAfterMs: null });
  return new Date(at.getTime() + wait);
};

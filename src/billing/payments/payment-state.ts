/** Where a payment stands. Events come late, twice and in any order: it only ever moves on. */
import type { IntentStatus } from "./collector";

/** CREATED: asked for, and not answered yet. */
export type PaymentStatus = "CREATED" | IntentStatus;

const ranks: Readonly<Record<PaymentStatus, number>> = {
  CREATED: 0,
  REQUIRES_ACTION: 1,
  PROCESSING: 2,
  FAILED: 3,
  CANCELED: 4,
  SUCCEEDED: 5,
};

/** What was paid is paid, whatever is said later: what takes it back is a dispute or a refund. */
export const later = (is: PaymentStatus, told: PaymentStatus): PaymentStatus =>
  ranks[told] > ranks[is] ? told : is;

export const isOpen = (status: PaymentStatus): boolean => ranks[status] < ranks.FAILED;

/** Stripe forgets the key of a create call after a day: then it is looked for instead of asked for again. */
export const keyHeldMs = 23 * 3_600_000;
const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;

export const nextTry = (requestedAt: Date, at: Date): Date => {
  const waited = Math.max(0, at.getTime() - requestedAt.getTime());
  return new Date(at.getTime() + Math.min(longestPauseMs, Math.max(firstPauseMs, waited)));
};

/** Money on its way from Stripe to the bank. */
import { headOf, type Piece } from "./entries-of";
import { entryOf, type Entry } from "./journal";

/** What Stripe paid out to the bank: less its fees, and less what is disputed, which waits on suspense. */
export const payoutEntry = (
  piece: Omit<Piece, "supplierId">,
  { paidCents, feeCents, chargedCents }: PayoutParts,
): Entry =>
  entryOf({ ...headOf({ ...piece, supplierId: "" }, "ST", "PAYOUT"), supplierId: null }, [
    ["512", paidCents],
    ["627", feeCents],
    ["5115", -chargedCents],
    ["471", chargedCents - feeCents - paidCents],
  ]);

export interface PayoutParts {
  readonly paidCents: number;
  readonly feeCents: number;
  /** Charges less refunds. */
  readonly chargedCents: number;
}

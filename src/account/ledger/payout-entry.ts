/** The journal entry of a Stripe payout to our bank account. */
import { headOf, type SupportingDocument } from "./entry-parts";
import { entryOf, type Entry } from "./journal";

/**
 * The amount paid out, Stripe's fees, and the charges they came from. The amount is in transit (580) until the
 * line of the bank statement arrives. The difference (disputed payments) goes to suspense (471).
 */
export const payoutEntry = (
  piece: Omit<SupportingDocument, "supplierId">,
  { paidCents, feeCents, chargedCents }: PayoutParts,
): Entry =>
  entryOf({ ...headOf({ ...piece, supplierId: "" }, "ST", "PAYOUT"), supplierId: null }, [
    ["580", paidCents],
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

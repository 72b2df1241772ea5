/** Builds the journal entries of money that comes in, goes out or is taken back. */
import { due, headOf, inclVat, receivable } from "./entry-parts";
import type { DocumentPart, SupportingDocument, Taxed } from "./entry-parts";
import { entryOf, type Entry, type JournalCode } from "./journal";

/**
 * Where money is when it is booked: at the bank (512), which only lines of its statements move; in transit (580)
 * until the statement arrives; on suspense (471), where a line waits until it is assigned; or at Stripe (5115).
 */
export type CashAccount = "512" | "580" | "471" | "5115";

const cashJournals: Readonly<Record<CashAccount, JournalCode>> = {
  "512": "BQ",
  "580": "OD",
  "471": "OD",
  "5115": "ST",
};

export const refundEntry = (piece: SupportingDocument, inclVatCents: number, cash: CashAccount): Entry =>
  entryOf(headOf(piece, cashJournals[cash], "PAYMENT"), [
    receivable(piece, inclVatCents, piece.causeId),
    [cash, -inclVatCents],
  ]);

/**
 * A payment received. The part that settles invoices makes their VAT due; the rest settles a deposit invoice
 * that is issued for it.
 */
export function paymentEntry(
  piece: SupportingDocument,
  { cash, settled, rest, onDebits }: ReceivedPayment,
): Entry {
  const inclVatCents = settled.reduce((sum, part) => sum + inclVat(part), rest?.inclVatCents ?? 0);
  const vatCents = onDebits ? 0 : settled.reduce((sum, part) => sum + part.vatCents, 0);
  return entryOf(
    headOf(piece, cashJournals[cash], "PAYMENT"),
    [
      [cash, inclVatCents],
      ...settled.map((part) => receivable(piece, -inclVat(part), part.id)),
      ...(rest ? [receivable(piece, -rest.inclVatCents, rest.depositId)] : []),
      ["44574", vatCents],
      ["44571", -vatCents],
    ],
    onDebits ? [] : settled.map((part) => due(part)),
  );
}

export interface ReceivedPayment {
  readonly cash: CashAccount;
  readonly settled: readonly (Taxed & DocumentPart)[];
  readonly rest: { readonly depositId: string; readonly inclVatCents: number } | null;
  readonly onDebits: boolean;
}

/** Why a payment was reversed: a lost dispute at Stripe, or what a bank statement shows or finance took back. */
export type LostTo = "DISPUTE" | "BANK_LINE";

/**
 * A reversed payment: the invoices it settled are open again, and their VAT is no longer due. Stripe
 * withholds the money as soon as a payment is disputed, so it is on suspense (471) from the payout until the
 * dispute is decided.
 */
export function lostPaymentEntry(
  piece: SupportingDocument,
  { reopened, onDebits, to, cash }: ReversedPayment,
): Entry {
  const total = reopened.reduce((sum, part) => sum + inclVat(part), 0);
  const vatCents = onDebits ? 0 : reopened.reduce((sum, part) => sum + part.vatCents, 0);
  return entryOf(
    headOf(piece, to === "DISPUTE" ? "ST" : cashJournals[cash], to),
    [
      ...reopened.map((part) => receivable(piece, inclVat(part), part.id)),
      [cash, -total],
      ["44571", vatCents],
      ["44574", -vatCents],
    ],
    onDebits ? [] : reopened.map((part) => due(part, -1)),
  );
}

export interface ReversedPayment {
  /** Invoices that are open again, and deposits whose unused part a credit note takes back. */
  readonly reopened: readonly (Taxed & DocumentPart)[];
  readonly onDebits: boolean;
  readonly to: LostTo;
  readonly cash: CashAccount;
}

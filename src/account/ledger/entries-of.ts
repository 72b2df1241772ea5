/**
 * Builds the journal entry of each business event. A supplier's receivable (411) includes VAT; advances
 * (4191), sales (706) and credits (709) exclude it. VAT is held on 44574 until it becomes due and is then
 * transferred to 44571.
 */
import type { AccountCode } from "./chart";
import { due, headOf, inclVat, type SupportingDocument, type Taxed } from "./entry-parts";
import { entryOf, type Entry, type JournalCode } from "./journal";
import type { Split } from "./postings";

/**
 * Account that holds the VAT of an unpaid invoice: 44571 on debits, where VAT is due on invoicing; otherwise
 * 44574, since it is due on payment.
 */
const waiting = (onDebits: boolean): AccountCode => (onDebits ? "44571" : "44574");

/**
 * An invoice, with the advances it uses up and the remainder to be paid. The VAT on advances became due when
 * they were received.
 */
export function invoiceEntry(
  piece: SupportingDocument,
  { total, advances, onDebits }: { total: Taxed; advances: Split; onDebits: boolean },
): Entry {
  const open = {
    treatment: total.treatment,
    netCents: total.netCents - advances.netCents,
    vatCents: total.vatCents - advances.vatCents,
  };
  return entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ["411", inclVat(open), piece.supplierId],
      ["4191", advances.netCents, piece.supplierId],
      ["706", -total.netCents],
      [waiting(onDebits), -open.vatCents],
    ],
    onDebits ? [due(open)] : [],
  );
}

/** A deposit invoice: money received before the leads. Its VAT is due at once. */
export const depositEntry = (piece: SupportingDocument, deposit: Taxed): Entry =>
  entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ["411", inclVat(deposit), piece.supplierId],
      ["4191", -deposit.netCents, piece.supplierId],
      ["44571", -deposit.vatCents],
    ],
    [due(deposit)],
  );

/**
 * A credit note for leads that had been invoiced, split into the part that was still open and the part that
 * had been paid.
 */
export function creditNoteEntry(
  piece: SupportingDocument,
  { open, paid, onDebits }: { open: Taxed; paid: Taxed; onDebits: boolean },
): Entry {
  return entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ["709", open.netCents + paid.netCents],
      [waiting(onDebits), open.vatCents],
      ["44571", paid.vatCents],
      ["411", -inclVat(open) - inclVat(paid), piece.supplierId],
    ],
    onDebits ? [due(open, -1), due(paid, -1)] : [due(paid, -1)],
  );
}

/** A credit note on deposit invoices whose money was not used. `refundEntry` books the outgoing payment. */
export const advancesReturnedEntry = (piece: SupportingDocument, back: Taxed): Entry =>
  entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ["4191", back.netCents, piece.supplierId],
      ["44571", back.vatCents],
      ["411", -inclVat(back), piece.supplierId],
    ],
    [due(back, -1)],
  );

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
    ["411", inclVatCents, piece.supplierId],
    [cash, -inclVatCents],
  ]);

/**
 * A payment received. The part that settles invoices makes their VAT due; the rest is a deposit with a
 * document of its own.
 */
export function paymentEntry(
  piece: SupportingDocument,
  { cash, inclVatCents, settled, onDebits }: ReceivedPayment,
): Entry {
  const vatCents = onDebits ? 0 : settled.reduce((sum, part) => sum + part.vatCents, 0);
  return entryOf(
    headOf(piece, cashJournals[cash], "PAYMENT"),
    [
      [cash, inclVatCents],
      ["411", -inclVatCents, piece.supplierId],
      ["44574", vatCents],
      ["44571", -vatCents],
    ],
    onDebits ? [] : settled.map((part) => due(part)),
  );
}

export interface ReceivedPayment {
  readonly cash: CashAccount;
  readonly inclVatCents: number;
  readonly settled: readonly Taxed[];
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
      ["411", total, piece.supplierId],
      [cash, -total],
      ["44571", vatCents],
      ["44574", -vatCents],
    ],
    onDebits ? [] : reopened.map((part) => due(part, -1)),
  );
}

export interface ReversedPayment {
  readonly reopened: readonly Taxed[];
  readonly onDebits: boolean;
  readonly to: LostTo;
  readonly cash: CashAccount;
}

/** A write-off. The VAT had not become due, or is reclaimed where it was due on debits. */
export const writeOffEntry = (
  piece: SupportingDocument,
  { lost, onDebits }: { lost: Taxed; onDebits: boolean },
): Entry =>
  entryOf(
    headOf(piece, "OD", "WRITE_OFF"),
    [
      ["654", lost.netCents],
      [waiting(onDebits), lost.vatCents],
      ["411", -inclVat(lost), piece.supplierId],
    ],
    onDebits ? [due(lost, -1)] : [],
  );

/** Rounding difference between the VAT of a deposit and the VAT of the invoices that used it up. */
export const roundingEntry = (piece: SupportingDocument, { treatment, vatCents }: Taxed): Entry =>
  entryOf(
    headOf(piece, "OD", "DOCUMENT"),
    [
      ["44571", -vatCents],
      [vatCents > 0 ? "658" : "758", vatCents],
    ],
    [{ treatment, netCents: 0, vatCents }],
  );

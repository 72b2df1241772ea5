/**
 * The entry of each thing that happens to the books. A supplier's receivable (411) includes VAT; advances (4191),
 * sales (706) and credits (709) exclude it. VAT waits on 44574 until it is due, and is then on 44571.
 */
import { entryOf, type Entry, type EntryCause, type JournalCode } from "./journal";
import type { AccountCode } from "./chart";
import type { Split } from "./postings";
import type { VatTreatment } from "./vat";

export interface Piece {
  readonly supplierId: string;
  readonly label: string;
  readonly piece: string;
  /** "YYYY-MM-DD" */
  readonly pieceDate: string;
  readonly causeId: string;
}

export interface Taxed extends Split {
  readonly treatment: VatTreatment;
}

export const inclVat = ({ netCents, vatCents }: Split): number => netCents + vatCents;

export const headOf = (
  piece: Piece,
  journal: JournalCode,
  causeKind: EntryCause,
): Parameters<typeof entryOf>[0] => ({
  journal,
  causeKind,
  label: piece.label,
  piece: piece.piece,
  pieceDate: piece.pieceDate,
  causeId: piece.causeId,
  supplierId: piece.supplierId,
});

const due = ({ treatment, netCents, vatCents }: Taxed, sign: 1 | -1 = 1): Taxed => ({
  treatment,
  netCents: sign * netCents,
  vatCents: sign * vatCents,
});

/** Where the VAT of an open invoice waits: on payment it is not due before. */
const waiting = (onDebits: boolean): AccountCode => (onDebits ? "44571" : "44574");

/** An invoice: the advances that it uses up, and the rest to be paid. The VAT of advances was due when they came. */
export function invoiceEntry(
  piece: Piece,
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

/** Money that came before the leads: the VAT in it is due at once. */
export const depositEntry = (piece: Piece, deposit: Taxed): Entry =>
  entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ["411", inclVat(deposit), piece.supplierId],
      ["4191", -deposit.netCents, piece.supplierId],
      ["44571", -deposit.vatCents],
    ],
    [due(deposit)],
  );

/** Leads that were invoiced are given back: what of it was still open, and what had been paid. */
export function creditNoteEntry(
  piece: Piece,
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

/** What a credit note gives back of money that was paid stays with us as an advance. */
export const keptEntry = (piece: Piece, kept: Taxed): Entry => ({
  ...depositEntry(piece, kept),
  journal: "OD",
});

/** Advances that were not used go back: the credit note on their deposits. The money leaves by `refundEntry`. */
export const advancesReturnedEntry = (piece: Piece, back: Taxed): Entry =>
  entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ["4191", back.netCents, piece.supplierId],
      ["44571", back.vatCents],
      ["411", -inclVat(back), piece.supplierId],
    ],
    [due(back, -1)],
  );

/** Where money arrives and leaves, and in which journal. */
export const tills = {
  BANK_TRANSFER: { journal: "BQ", account: "512" },
  CARD_PAYMENT: { journal: "ST", account: "5115" },
} as const;

export const refundEntry = (piece: Piece, inclVatCents: number, till: keyof typeof tills): Entry =>
  entryOf(headOf(piece, tills[till].journal, "PAYMENT"), [
    ["411", inclVatCents, piece.supplierId],
    [tills[till].account, -inclVatCents],
  ]);

/** Money came: what of it pays invoices makes their VAT due; the rest is a deposit and has a document of its own. */
export function paymentEntry(piece: Piece, { till, inclVatCents, settled, onDebits }: Payment): Entry {
  const { journal, account } = tills[till];
  const vatCents = onDebits ? 0 : settled.reduce((sum, part) => sum + part.vatCents, 0);
  return entryOf(
    headOf(piece, journal, "PAYMENT"),
    [
      [account, inclVatCents],
      ["411", -inclVatCents, piece.supplierId],
      ["44574", vatCents],
      ["44571", -vatCents],
    ],
    onDebits ? [] : settled.map((part) => due(part)),
  );
}

export interface Payment {
  readonly till: keyof typeof tills;
  readonly inclVatCents: number;
  readonly settled: readonly Taxed[];
  readonly onDebits: boolean;
}

/** Who took a payment back: whoever made it, by Stripe, or the bank, which had received less than was written down. */
export type LostTo = "DISPUTE" | "BANK_LINE";

/**
 * A payment was taken back: its invoices are open again, and their VAT waits again. Stripe keeps the money from the
 * moment it is disputed, so it stands on suspense (471) from its payout until it is decided; what the bank never
 * received stands there since its statement was read.
 */
export function lostPaymentEntry(
  piece: Piece,
  { reopened, onDebits, to }: { reopened: readonly Taxed[]; onDebits: boolean; to: LostTo },
): Entry {
  const total = reopened.reduce((sum, part) => sum + inclVat(part), 0);
  const vatCents = onDebits ? 0 : reopened.reduce((sum, part) => sum + part.vatCents, 0);
  return entryOf(
    headOf(piece, to === "DISPUTE" ? "ST" : "BQ", to),
    [
      ["411", total, piece.supplierId],
      ["471", -total],
      ["44571", vatCents],
      ["44574", -vatCents],
    ],
    onDebits ? [] : reopened.map((part) => due(part, -1)),
  );
}

/** What will not be paid: its VAT was never due, or is asked back where it was due on debits. */
export const writeOffEntry = (piece: Piece, { lost, onDebits }: { lost: Taxed; onDebits: boolean }): Entry =>
  entryOf(
    headOf(piece, "OD", "WRITE_OFF"),
    [
      ["654", lost.netCents],
      [waiting(onDebits), lost.vatCents],
      ["411", -inclVat(lost), piece.supplierId],
    ],
    onDebits ? [due(lost, -1)] : [],
  );

/** Cents of VAT that a deposit and the invoices that used it up were rounded apart by. */
export const roundingEntry = (piece: Piece, { treatment, vatCents }: Taxed): Entry =>
  entryOf(
    headOf(piece, "OD", "DOCUMENT"),
    [
      ["44571", -vatCents],
      [vatCents > 0 ? "658" : "758", vatCents],
    ],
    [{ treatment, netCents: 0, vatCents }],
  );

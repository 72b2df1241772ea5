/**
 * The general ledger: numbered, balanced entries, written when a document is issued or money moves. Single
 * leads are recorded in the subledger (postings.ts). Each entry also lists the VAT that becomes due with it.
 */
import type { AccountCode } from "./chart";
import type { VatTreatment } from "./vat-regimes";

export const journals = {
  VE: { FR: "Ventes", EN: "Sales" },
  BQ: { FR: "Banque", EN: "Bank" },
  ST: { FR: "Stripe", EN: "Stripe" },
  OD: { FR: "Opérations diverses", EN: "Other operations" },
  SI: { FR: "Situation", EN: "Accruals" },
} as const;
export type JournalCode = keyof typeof journals;

export type EntryCause =
  "DOCUMENT" | "PAYMENT" | "DISPUTE" | "WRITE_OFF" | "ACCRUAL" | "PAYOUT" | "BANK_LINE";

export interface EntryLine {
  readonly account: AccountCode;
  readonly supplierId: string | null;
  /**
   * The document that a line of 411 or 4191 opens or settles. Lines of one document are lettered once they add up to
   * zero.
   */
  readonly documentId?: string | null;
  readonly debitCents: number;
  readonly creditCents: number;
}

/** VAT that becomes due, and the net amount it applies to. Negative when VAT is taken back. */
export interface VatDue {
  readonly treatment: VatTreatment;
  readonly netCents: number;
  readonly vatCents: number;
}

export interface Entry {
  readonly journal: JournalCode;
  /** "YYYY-MM-DD"; defaults to the accounting day of `bankDay`, or else to the current day in Paris. */
  readonly dated?: string;
  /**
   * Day on which the bank or Stripe moved the money that causes the entry, "YYYY-MM-DD". The entry is dated on it while
   * its month is open, and otherwise on the first open day after it.
   */
  readonly bankDay?: string;
  readonly label: string;
  /** Reference of the supporting document: an invoice number or a bank reference. */
  readonly piece: string;
  /** "YYYY-MM-DD" */
  readonly pieceDate: string;
  readonly causeKind: EntryCause;
  readonly causeId: string;
  /** Null when the entry concerns no supplier. */
  readonly supplierId: string | null;
  readonly lines: readonly EntryLine[];
  readonly vatDue: readonly VatDue[];
}

/** One side of an entry in cents: positive for a debit, negative for a credit. */
export type EntrySide = readonly [
  account: AccountCode,
  cents: number,
  supplierId?: string | null,
  documentId?: string | null,
];

type Head = Omit<Entry, "lines" | "vatDue">;

/** Omits sides of zero. Throws if the sides do not sum to zero, which can only be a programming error. */
export function entryOf(head: Head, sides: readonly EntrySide[], vatDue: readonly VatDue[] = []): Entry {
  const lines = sides.filter(([, cents]) => cents !== 0).map(lineOf);
  const sum = sides.reduce((total, [, cents]) => total + cents, 0);
  if (sum !== 0 || !sides.every(([, cents]) => Number.isSafeInteger(cents))) {
    throw new RangeError(`An entry of ${head.piece} is out of balance by ${String(sum)} cents.`);
  }
  return { ...head, lines, vatDue: vatDue.filter((due) => due.netCents !== 0 || due.vatCents !== 0) };
}

const lineOf = ([account, cents, supplierId = null, documentId = null]: EntrySide): EntryLine => ({
  account,
  supplierId,
  documentId,
  debitCents: Math.max(0, cents),
  creditCents: Math.max(0, -cents),
});

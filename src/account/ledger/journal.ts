/**
 * The general ledger: numbered entries that balance. An entry arises when a document is issued and when money
 * moves; the leads themselves stand in the subledger (postings.ts). VAT that becomes due is said beside it.
 */
import type { AccountCode } from "./chart";
import type { VatTreatment } from "./vat";

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
  readonly debitCents: number;
  readonly creditCents: number;
}

/** VAT that the state may ask for from now on, and the net that it is on; negative where it is given back. */
export interface VatDue {
  readonly treatment: VatTreatment;
  readonly netCents: number;
  readonly vatCents: number;
}

export interface Entry {
  readonly journal: JournalCode;
  /** "YYYY-MM-DD"; the day in Paris if it is left out. */
  readonly dated?: string;
  readonly label: string;
  /** Of the document behind it: an invoice's number, a bank's reference. */
  readonly piece: string;
  /** "YYYY-MM-DD" */
  readonly pieceDate: string;
  readonly causeKind: EntryCause;
  readonly causeId: string;
  /** Whose it is; null: nobody's. */
  readonly supplierId: string | null;
  readonly lines: readonly EntryLine[];
  readonly vatDue: readonly VatDue[];
}

/** A side of an entry in cents: debit above zero, credit below. */
export type Side = readonly [account: AccountCode, cents: number, supplierId?: string | null];

type Head = Omit<Entry, "lines" | "vatDue">;

/** Sides of zero are left out. Throws if the rest does not sum to zero: that is a bug, never an input. */
export function entryOf(head: Head, sides: readonly Side[], vatDue: readonly VatDue[] = []): Entry {
  const lines = sides.filter(([, cents]) => cents !== 0).map(lineOf);
  const sum = sides.reduce((total, [, cents]) => total + cents, 0);
  if (sum !== 0 || !sides.every(([, cents]) => Number.isSafeInteger(cents))) {
    throw new RangeError(`An entry of ${head.piece} is out of balance by ${String(sum)} cents.`);
  }
  return { ...head, lines, vatDue: vatDue.filter((due) => due.netCents !== 0 || due.vatCents !== 0) };
}

const lineOf = ([account, cents, supplierId = null]: Side): EntryLine => ({
  account,
  supplierId,
  debitCents: Math.max(0, cents),
  creditCents: Math.max(0, -cents),
});

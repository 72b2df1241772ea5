/** Read models of the finance reports. Amounts are in cents. */
import type { VatTreatment } from "../../account/ledger";

/** What made VAT due: a payment of an invoice, an advance, an invoice on debits, or a credit note. */
export type VatDueBy = "PAYMENT" | "ADVANCE" | "DEBITS" | "CREDIT_NOTE";

export interface VatSummaryLine {
  readonly dueBy: VatDueBy;
  readonly treatment: VatTreatment;
  readonly rateBasisPoints: number;
  readonly netCents: number;
  readonly vatCents: number;
}

export interface EuService {
  readonly supplierId: string;
  /** As on its documents. */
  readonly country: string;
  readonly vatNumber: string | null;
  /** Negative when more was credited than supplied. */
  readonly netCents: number;
}

export interface AgedReceivable {
  readonly supplierId: string;
  readonly openCents: number;
  readonly notDueCents: number;
  readonly upTo30DaysCents: number;
  readonly upTo60DaysCents: number;
  readonly upTo90DaysCents: number;
  readonly olderCents: number;
}

export interface ReceivablesPage {
  /** "YYYY-MM-DD" */
  readonly day: string;
  /** The last row of the page before. */
  readonly after: { readonly openCents: string; readonly supplierId: string } | null;
  readonly limit: number;
}

/** A page of the lines of a file. */
export interface LinesPage {
  readonly lines: readonly string[];
  /** Cursor of the next page; null after the last one. */
  readonly after: readonly string[] | null;
}

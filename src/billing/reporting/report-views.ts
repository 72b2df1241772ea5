/** What the reports of finance say. Amounts are cents. */
import type { VatTreatment } from "../../account/ledger";

/** What made VAT due: money for an invoice, an advance, an invoice itself (on debits), a credit note. */
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
  readonly vatNumber: string | null;
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

export interface JournalPage {
  readonly lines: readonly string[];
  readonly after: readonly string[] | null;
}

export interface FecPage {
  readonly lines: readonly string[];
  /** Where the next page begins; null: it was the last. */
  readonly after: readonly string[] | null;
}

/**
 * The content of a billing document, frozen when it is issued. It contains no personal data: leads are only
 * counted here, and listed by their references in the statement. Amounts are in cents and never negative.
 */
import type { Split, VatTreatment } from "../../account/ledger";
import type { DocumentLanguage, ElectronicAddress } from "../../account/suppliers";
import { sumOf } from "./sum-of";

/** A DEPOSIT is a deposit invoice, issued for money received before the leads it pays for. */
export type DocumentKind = "INVOICE" | "CREDIT_NOTE" | "DEPOSIT";

export interface Seller {
  readonly name: string;
  /** "SAS au capital de 10 000 €" */
  readonly legalForm: string;
  readonly siren: string;
  /** The trade register, for example "RCS Lyon"; the SIREN is appended to it. */
  readonly register: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly iban: string | null;
}

/** A company's number in a register outside France. */
export interface Registration {
  readonly register: string;
  readonly number: string;
  /** The code of the register's numbers in ISO 6523; null if it has none. */
  readonly icd: string | null;
}

export interface Buyer {
  readonly supplierId: string;
  readonly name: string;
  /** Empty for a company that is not in the French register. */
  readonly siren: string;
  /** Null in France. Documents issued before there were suppliers abroad have neither this nor the address below. */
  readonly registration?: Registration | null;
  readonly electronicAddress?: ElectronicAddress | null;
  readonly vatNumber: string | null;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly purchaseOrder: string | null;
}

interface LineAmounts {
  readonly quantity: number;
  readonly unitCents: number;
  readonly netCents: number;
}

/** A line before its label is chosen in the document's language. */
export interface DraftLine extends LineAmounts {
  /** A product id, or a code such as DEPOSIT, UNUSED_ADVANCE or LATE_INDEMNITY. */
  readonly item: string;
}

export interface DocumentLine extends LineAmounts {
  readonly label: string;
}

export interface DocumentReference {
  readonly name: string;
  readonly issuedOn: string;
}

export interface UsedAdvance extends DocumentReference {
  readonly netCents: number;
  readonly vatCents: number;
}

/** The content of a document before it has a number and a date. */
export interface DocumentDraft {
  readonly kind: DocumentKind;
  readonly treatment: VatTreatment;
  readonly lines: readonly DraftLine[];
  readonly netCents: number;
  readonly vatCents: number;
  /** First and last day on which leads were delivered; null when the document bills no leads. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** The advances that an invoice uses. */
  readonly advances: readonly UsedAdvance[];
  /**
   * The documents that a credit note corrects, the late invoice for which fees are charged, or the credit note
   * whose paid amount a deposit invoice keeps.
   */
  readonly corrects: readonly DocumentReference[];
  /**
   * The day on which the money of a deposit invoice was received, "YYYY-MM-DD". Absent on other documents and
   * on deposit invoices issued before 2026-12.
   */
  readonly paidOn?: string;
  /** Set on credit notes for deposit invoices. Absent on those issued before 2026-12. */
  readonly correctsDeposits?: true;
}

export interface BillingDocument extends Omit<DocumentDraft, "lines"> {
  readonly lines: readonly DocumentLine[];
  /** The document number, for example "F2026-000123": unique, without gaps per series and year. */
  readonly name: string;
  /** "YYYY-MM-DD", Paris time. */
  readonly issuedOn: string;
  /** Null when nothing is to be paid. */
  readonly dueOn: string | null;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly language: DocumentLanguage;
  /** How its PDF is laid out. Absent on documents issued before 2026-12, which keep the first layout. */
  readonly layout?: 2;
  /** Whether VAT becomes due on invoicing (option for debits) rather than on payment. */
  readonly onDebits: boolean;
  readonly latePenaltyBasisPoints: number;
}

export const advancesOf = ({ advances }: Pick<DocumentDraft, "advances">): Split => sumOf(advances);

/** The amount to pay, including VAT. Zero for a deposit invoice, which was paid before it was issued. */
export function dueCents(document: Omit<DocumentDraft, "lines">): number {
  if (document.kind === "DEPOSIT") return 0;
  const advances = advancesOf(document);
  return document.netCents + document.vatCents - advances.netCents - advances.vatCents;
}

const letters: Readonly<Record<DocumentKind, string>> = { INVOICE: "F", CREDIT_NOTE: "A", DEPOSIT: "D" };

export const nameOf = (kind: DocumentKind, year: number, number: number): string =>
  `${letters[kind]}${String(year)}-${String(number).padStart(6, "0")}`;

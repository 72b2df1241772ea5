/**
 * A document as it was issued: everything that stands on it, frozen. Never a person's data: leads are only counted
 * here, and named by their references in the statement beside it. Amounts are cents; nothing in it is negative.
 */
import type { Split, VatTreatment } from "../../account/ledger";
import type { DocumentLanguage } from "../../account/suppliers";
import { sumOf } from "./sum-of";

/** A DEPOSIT is the invoice for money that was paid in before the leads it buys. */
export type DocumentKind = "INVOICE" | "CREDIT_NOTE" | "DEPOSIT";

export interface Seller {
  readonly name: string;
  /** "SAS au capital de 10 000 €" */
  readonly legalForm: string;
  readonly siren: string;
  /** "RCS Lyon" and the like; the SIREN is written behind it. */
  readonly register: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly iban: string | null;
}

export interface Buyer {
  readonly supplierId: string;
  readonly name: string;
  readonly siren: string;
  readonly vatNumber: string | null;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly purchaseOrder: string | null;
}

interface LineAmounts {
  readonly quantity: number;
  readonly unitCents: number;
  readonly netCents: number;
}

/** A line before its language is known. */
export interface DraftLine extends LineAmounts {
  /** A product's id, DEPOSIT, UNUSED_ADVANCE, LATE_INDEMNITY and the like. */
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

/** What is decided before there is a number and a date. */
export interface DocumentDraft {
  readonly kind: DocumentKind;
  readonly treatment: VatTreatment;
  readonly lines: readonly DraftLine[];
  readonly netCents: number;
  readonly vatCents: number;
  /** First and last day on which leads were delivered; null on a deposit. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** What of it was paid in before. */
  readonly advances: readonly UsedAdvance[];
  /** The documents that a credit note corrects, or the invoice that is late. */
  readonly corrects: readonly DocumentReference[];
}

export interface BillingDocument extends Omit<DocumentDraft, "lines"> {
  readonly lines: readonly DocumentLine[];
  /** "F2026-000123": unique, and without a gap in its series and year. */
  readonly name: string;
  /** "YYYY-MM-DD", the day in Paris. */
  readonly issuedOn: string;
  /** Null where nothing is to be paid. */
  readonly dueOn: string | null;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly language: DocumentLanguage;
  /** VAT is due when the invoice is issued, not when it is paid. */
  readonly onDebits: boolean;
  readonly latePenaltyBasisPoints: number;
}

export const advancesOf = ({ advances }: Pick<DocumentDraft, "advances">): Split => sumOf(advances);

/** What is to be paid: of a deposit nothing, it was paid before it was written. */
export function dueCents(document: Omit<DocumentDraft, "lines">): number {
  if (document.kind === "DEPOSIT") return 0;
  const advances = advancesOf(document);
  return document.netCents + document.vatCents - advances.netCents - advances.vatCents;
}

const letters: Readonly<Record<DocumentKind, string>> = { INVOICE: "F", CREDIT_NOTE: "A", DEPOSIT: "D" };

export const nameOf = (kind: DocumentKind, year: number, number: number): string =>
  `${letters[kind]}${String(year)}-${String(number).padStart(6, "0")}`;

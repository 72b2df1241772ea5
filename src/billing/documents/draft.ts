/**
 * Decides what is to be invoiced and credited to a supplier, from the postings that are not on any document.
 * A lead that was charged and credited before it was invoiced appears on no line.
 */
import { vatOn, type VatTreatment } from "../../account/ledger";
import type { DraftLine } from "./document";

/** A charge or credit of a lead that is not on any document yet. */
export interface Unbilled {
  readonly number: number;
  readonly kind: "CHARGE" | "CREDIT";
  readonly amountCents: number;
  readonly treatment: VatTreatment;
  readonly leadId: string;
  readonly product: string;
  /** "YYYY-MM-DD", Paris time. */
  readonly day: string;
  /** For a credit, the document that billed the charge; null when none did. */
  readonly chargedOn: string | null;
}

export interface Amounts {
  readonly treatment: VatTreatment;
  readonly lines: readonly DraftLine[];
  readonly netCents: number;
  readonly vatCents: number;
  readonly period: { readonly from: string; readonly to: string };
  /** Numbers of the postings the document bills. */
  readonly postings: readonly number[];
}

export interface Credited extends Amounts {
  /** The invoice that it corrects. */
  readonly documentId: string;
}

export interface Drafts {
  /** One for each VAT treatment. */
  readonly invoices: readonly Amounts[];
  readonly creditNotes: readonly Credited[];
}

export function draftsOf(unbilled: readonly Unbilled[]): Drafts {
  const charged = unbilled.filter(({ kind, chargedOn }) => kind === "CHARGE" || chargedOn === null);
  const credits = unbilled.filter(({ kind, chargedOn }) => kind === "CREDIT" && chargedOn !== null);
  const byDocument = groupBy(credits, ({ chargedOn }) => chargedOn ?? "");
  return {
    invoices: [...groupBy(charged, ({ treatment }) => treatment).values()].flatMap(invoiceOf),
    creditNotes: [...byDocument].map(([documentId, postings]) => ({
      documentId,
      ...amountsOf(postings, linesOf(leadsOf(postings, -1))),
    })),
  };
}

function invoiceOf(postings: readonly Unbilled[]): Amounts[] {
  const lines = linesOf(leadsOf(postings, 1));
  return lines.length === 0 ? [] : [amountsOf(postings, lines)];
}

interface Lead {
  readonly product: string;
  readonly netCents: number;
}

function leadsOf(postings: readonly Unbilled[], sign: 1 | -1): Lead[] {
  const byLead = groupBy(postings, ({ leadId }) => leadId);
  return [...byLead.values()].map((ofLead) => ({
    product: ofLead[0]?.product ?? "",
    netCents: sign * ofLead.reduce((sum, posting) => sum + signed(posting), 0),
  }));
}

const signed = ({ kind, amountCents }: Unbilled): number => (kind === "CHARGE" ? amountCents : -amountCents);

function linesOf(leads: readonly Lead[]): DraftLine[] {
  const counted = leads.filter(({ netCents }) => netCents > 0);
  const alike = groupBy(
    counted,
    ({ product, netCents }) => `${product} ${String(netCents).padStart(12, "0")}`,
  );
  return [...alike]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => {
      const { product, netCents: unitCents } = same[0] ?? { product: "", netCents: 0 };
      return { item: product, quantity: same.length, unitCents, netCents: unitCents * same.length };
    });
}

function amountsOf(postings: readonly Unbilled[], lines: readonly DraftLine[]): Amounts {
  const treatment = postings[0]?.treatment ?? "STANDARD";
  const netCents = lines.reduce((sum, line) => sum + line.netCents, 0);
  const days = postings.map(({ day }) => day).sort();
  return {
    treatment,
    lines,
    netCents,
    vatCents: vatOn(netCents, treatment),
    period: { from: days[0] ?? "", to: days.at(-1) ?? "" },
    postings: postings.map(({ number }) => number),
  };
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** Turns a draft into the final content of a document by adding the parties, the dates and the terms. */
import {
  electronicAddressOf,
  identifiersOf,
  type BillingProfile,
  type DocumentLanguage,
  type SupplierView,
} from "../../account/suppliers";
import { withoutForbidden } from "../../shared/xml-text";
import { dueCents, type BillingDocument, type Buyer, type DocumentDraft, type Seller } from "./document";

/** Our billing terms. Some of them need a lawyer's approval, so they are settings. */
export interface BillingPolicy {
  readonly seller: Seller;
  readonly onDebits: boolean;
  readonly latePenaltyBasisPoints: number;
  /** Days until an invoice is due, at most 60 (C. com. L.441-10). */
  readonly paymentDays: number;
  /** Label of a line by its item. */
  readonly labelOf: (item: string, language: DocumentLanguage) => string;
}

interface Parties {
  readonly buyer: Buyer;
  readonly language: DocumentLanguage;
  readonly policy: BillingPolicy;
}

export function buyerOf(supplier: SupplierView, profile: BillingProfile): Buyer {
  const { language: _, email: _email, ...address } = profile;
  const { id, name, siren } = supplier;
  const registered = identifiersOf(supplier).find(({ kind }) => kind === "REGISTER_NUMBER");
  return {
    ...{ supplierId: id, name, siren: siren ?? "", ...address },
    registration: registered
      ? { register: registered.register ?? "", number: registered.value, icd: registered.icd }
      : null,
    electronicAddress: electronicAddressOf(supplier),
  };
}

export interface Issued {
  readonly name: string;
  readonly issuedOn: string;
}

/** What XML forbids never reaches a frozen document, wherever a text came from; a line break becomes a blank. */
export const contentOf = (draft: DocumentDraft, issued: Issued, parties: Parties): BillingDocument =>
  cleaned(composed(draft, issued, parties));

/** Copies plain data; every text in it is one line. */
function cleaned<T>(value: T): T {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? withoutForbidden(part).replaceAll(/[\t\r\n]+/g, " ") : part,
  );
  return JSON.parse(text) as T;
}

function composed(draft: DocumentDraft, issued: Issued, parties: Parties): BillingDocument {
  const { language, policy } = parties;
  const { seller, onDebits, latePenaltyBasisPoints, paymentDays } = policy;
  const isDue = draft.kind === "INVOICE" && dueCents(draft) > 0;
  const labelled = draft.lines.map(({ item, ...line }) => ({
    label: policy.labelOf(item, language),
    ...line,
  }));
  return {
    ...draft,
    lines: labelled,
    ...issued,
    dueOn: isDue ? daysAfter(issued.issuedOn, paymentDays) : null,
    seller,
    buyer: parties.buyer,
    language,
    onDebits,
    latePenaltyBasisPoints,
    layout: 2,
  };
}

const dayMs = 86_400_000;

/** Computed in UTC, where every day has 24 hours. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

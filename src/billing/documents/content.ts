/** Turns a draft into the final content of a document by adding the parties, the dates and the terms. */
import {
  electronicAddressOf,
  identifiersOf,
  type BillingProfile,
  type DocumentLanguage,
  type SupplierView,
} from "../../account/suppliers";
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

export function contentOf(draft: DocumentDraft, issued: Issued, parties: Parties): BillingDocument {
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
  };
}

const dayMs = 86_400_000;

/** Computed in UTC, where every day has 24 hours. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { VatTreatment as Treatment } from "../../account/ledger";
import { connectionType } from "../../platform/graphql/connection";
import { Day } from "../../platform/graphql/dates";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { advancesOf, dueCents, type DocumentKind as Kind } from "./document";
import type { BilledLead as BilledLeadView, DocumentView } from "./document-view";
import { exemptionOf, mentionsOf } from "./mentions";

export const DocumentKind = { INVOICE: "INVOICE", CREDIT_NOTE: "CREDIT_NOTE", DEPOSIT: "DEPOSIT" } as const;
registerEnumType(DocumentKind, {
  name: "DocumentKind",
  description: "The kind of a billing document. Each kind has a series of numbers of its own.",
  valuesConfig: {
    INVOICE: { description: "An invoice for leads that were delivered, or for late fees." },
    CREDIT_NOTE: { description: "A credit note on invoices, or on the unused part of deposits." },
    DEPOSIT: { description: "A deposit invoice, issued for money received before the leads it pays for." },
  },
});

export const StatementAs = { CSV: "CSV", JSON: "JSON" } as const;
registerEnumType(StatementAs, {
  name: "StatementAs",
  description: "The format of a monthly statement.",
  valuesConfig: {
    CSV: { description: "One line for each charge and credit, after a line with the names of the columns." },
    JSON: { description: "A list with one object for each charge and credit." },
  },
});

export const VatTreatment = {
  STANDARD: "STANDARD",
  OVERSEAS: "OVERSEAS",
  NONE_OVERSEAS: "NONE_OVERSEAS",
  REVERSE_CHARGE: "REVERSE_CHARGE",
  OUTSIDE_SCOPE: "OUTSIDE_SCOPE",
  PENALTY: "PENALTY",
} as const;
registerEnumType(VatTreatment, {
  name: "VatTreatment",
  description: "VAT treatment, which follows from where the supplier is established.",
  valuesConfig: {
    STANDARD: { description: "20 %: metropolitan France and Monaco." },
    OVERSEAS: { description: "8.5 %: Guadeloupe, Martinique, La Réunion." },
    NONE_OVERSEAS: { description: "None: Guyane and Mayotte." },
    REVERSE_CHARGE: { description: "Reverse charge: the supplier accounts for VAT in its own EU country." },
    OUTSIDE_SCOPE: { description: "None: the overseas collectivities and all countries outside the EU." },
    PENALTY: { description: "None: late payment fees are not consideration for a supply." },
  },
});

@ObjectType({ description: "A line of a billing document." })
export class DocumentLine {
  @Field(() => String, { description: "What is billed, in the document's language." }) label: string;
  @Field(() => Int, { description: "How many, at least 1." }) quantity: number;
  @Field(() => Cents, { description: "The price of one, excluding VAT, in euro cents." }) unitCents: number;
  @Field(() => Cents, { description: "The amount of the line, excluding VAT, in euro cents." })
  netCents: number;
}

@ObjectType({
  description: "A document that another document corrects, or a deposit invoice whose money it uses.",
})
export class DocumentReference {
  @Field(() => String, { description: "The document's number, for example F2026-000123." }) name: string;
  @Field(() => Day, { description: "When it was issued, in Paris time." }) issuedOn: string;
}

@ObjectType({
  description:
    "A lead charged or credited on a document. Only its reference is shown, because the accounts hold no personal data.",
})
export class BilledLead {
  @Field(() => ID, { description: "Id of the lead. Its supplier finds it in `leads`; staff cannot read it." })
  leadId: string;
  @Field(() => DateTime, { description: "When it was charged or credited." }) at: Date;
  @Field(() => Cents, { description: "Excluding VAT, in euro cents; negative for a credit." })
  netCents: number;
}

export const BilledLeadConnection = connectionType(BilledLead, "BilledLead");

@ObjectType({
  description:
    "An invoice, a credit note or a deposit invoice, in euro cents. Its content does not change once issued.",
})
export class BillingDocument {
  /** Not exposed by the API. */
  view: DocumentView;
  @Field(() => ID, { description: "The document's id, a UUID." }) id: string;
  @Field(() => ID, { description: "Id of the supplier that it bills or credits." }) supplierId: string;
  @Field(() => DocumentKind, { description: "What kind of document it is." }) kind: Kind;
  @Field(() => String, {
    description: "The document number, for example F2026-000123, without gaps per series and year.",
  })
  name: string;
  @Field(() => Day, { description: "When it was issued, in Paris time." }) issuedOn: string;
  @Field(() => Day, { nullable: true, description: "When it is due; null when nothing is to be paid." })
  dueOn: string | null;
  @Field(() => Day, {
    nullable: true,
    description:
      "When the money of a deposit invoice was received; null on other documents, and on deposit invoices issued before December 2026.",
  })
  paidOn: string | null;
  @Field(() => VatTreatment, { description: "How VAT is applied to the whole document." })
  vatTreatment: Treatment;
  @Field(() => Cents, { description: "The total excluding VAT." }) netCents: number;
  @Field(() => Cents, { description: "The VAT on the total; 0 where none is charged." }) vatCents: number;
  @Field(() => Cents, { description: "The total including VAT, before advances." }) totalInclVatCents: number;
  @Field(() => Cents, { description: "The part covered by advances, including VAT." })
  advancesInclVatCents: number;
  @Field(() => Cents, {
    description: "What was to be paid when the document was issued, including VAT: the total less advances.",
  })
  dueInclVatCents: number;
  @Field(() => Cents, {
    description: "What is still outstanding, including VAT; 0 for anything but an invoice.",
  })
  openInclVatCents: number;
  @Field(() => [DocumentLine], { description: "The lines, in the order in which they are printed." })
  lines: readonly DocumentLine[];
  @Field(() => [DocumentReference], {
    description:
      "The documents that a credit note corrects, the late invoice for which fees are charged, or the credit note whose paid amount a deposit invoice keeps.",
  })
  corrects: readonly DocumentReference[];
  @Field(() => [DocumentReference], { description: "The deposit invoices whose money an invoice uses." })
  advances: readonly DocumentReference[];
  @Field(() => [String], { description: "The statements required by law, in the document's language." })
  mentions: readonly string[];
}

export const BillingDocumentConnection = connectionType(BillingDocument, "BillingDocument");

export function toDocument(view: DocumentView): BillingDocument {
  const { document } = view;
  const { kind, name, issuedOn, dueOn, netCents, vatCents, lines, corrects, treatment } = document;
  const exemption = exemptionOf(treatment, document.language);
  const advances = advancesOf(document);
  return {
    ...{ view, id: view.id, supplierId: view.supplierId, kind, name, issuedOn, dueOn },
    paidOn: document.paidOn ?? null,
    ...{ vatTreatment: treatment, netCents, vatCents, lines, corrects },
    totalInclVatCents: netCents + vatCents,
    advancesInclVatCents: advances.netCents + advances.vatCents,
    dueInclVatCents: dueCents(document),
    openInclVatCents: view.openCents,
    advances: document.advances,
    mentions: [
      ...mentionsOf(document).flatMap(({ code, text }) => (code === "BAR" ? [] : [text])),
      ...(exemption === null ? [] : [exemption]),
    ],
  };
}

export const toBilledLead = ({ leadId, at, kind, amountCents }: BilledLeadView): BilledLead => ({
  leadId,
  at,
  netCents: kind === "CHARGE" ? amountCents : -amountCents,
});

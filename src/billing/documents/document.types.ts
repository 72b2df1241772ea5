import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { VatTreatment as Treatment } from "../../account/ledger";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { advancesOf, dueCents, type DocumentKind as Kind } from "./document";
import type { BilledLead as BilledLeadView, DocumentView } from "./document-view";
import { exemptionOf, mentionsOf } from "./mentions";

export const DocumentKind = { INVOICE: "INVOICE", CREDIT_NOTE: "CREDIT_NOTE", DEPOSIT: "DEPOSIT" } as const;
registerEnumType(DocumentKind, {
  name: "DocumentKind",
  valuesConfig: {
    DEPOSIT: { description: "A deposit invoice, issued for money received before the leads it pays for." },
  },
});

export const StatementAs = { CSV: "CSV", JSON: "JSON" } as const;
registerEnumType(StatementAs, { name: "StatementAs" });

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

@ObjectType()
export class DocumentLine {
  @Field(() => String) label: string;
  @Field(() => Int) quantity: number;
  @Field(() => Cents, { description: "Excluding VAT." }) unitCents: number;
  @Field(() => Cents, { description: "Excluding VAT." }) netCents: number;
}

@ObjectType({
  description: "A document that another document corrects, or a deposit invoice whose money it uses.",
})
export class DocumentReference {
  @Field(() => String) name: string;
  @Field(() => String, { description: "YYYY-MM-DD" }) issuedOn: string;
}

@ObjectType({ description: "A lead charged or credited on a document, by its reference." })
export class BilledLead {
  @Field(() => ID) leadId: string;
  @Field(() => DateTime, { description: "When it was charged or credited." }) at: Date;
  @Field(() => Cents, { description: "Excluding VAT; negative for a credit." }) netCents: number;
}

export const BilledLeadConnection = connectionType(BilledLead, "BilledLead");

@ObjectType({
  description:
    "An invoice, a credit note or a deposit invoice, in euro cents. Its content does not change once issued.",
})
export class BillingDocument {
  /** Not exposed by the API. */
  view: DocumentView;
  @Field(() => ID) id: string;
  @Field(() => ID) supplierId: string;
  @Field(() => DocumentKind) kind: Kind;
  @Field(() => String, {
    description: "The document number, for example F2026-000123, without gaps per series and year.",
  })
  name: string;
  @Field(() => String, { description: "YYYY-MM-DD, Paris time." }) issuedOn: string;
  @Field(() => String, { nullable: true, description: "YYYY-MM-DD; null when nothing is to be paid." })
  dueOn: string | null;
  @Field(() => VatTreatment) vatTreatment: Treatment;
  @Field(() => Cents) netCents: number;
  @Field(() => Cents) vatCents: number;
  @Field(() => Cents) totalInclVatCents: number;
  @Field(() => Cents, { description: "The part covered by advances, including VAT." })
  advancesInclVatCents: number;
  @Field(() => Cents, { description: "What was to be paid when the document was issued." })
  dueInclVatCents: number;
  @Field(() => Cents, { description: "What is still outstanding." }) openInclVatCents: number;
  @Field(() => [DocumentLine]) lines: readonly DocumentLine[];
  @Field(() => [DocumentReference], {
    description: "The documents that a credit note corrects, or the late invoice for which fees are charged.",
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

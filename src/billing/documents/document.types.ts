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
    DEPOSIT: { description: "The invoice for money that was paid in before the leads it buys." },
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
  description: "By where the supplier is established.",
  valuesConfig: {
    STANDARD: { description: "20 %: metropolitan France and Monaco." },
    OVERSEAS: { description: "8.5 %: Guadeloupe, Martinique, La Réunion." },
    NONE_OVERSEAS: { description: "None: Guyane and Mayotte." },
    REVERSE_CHARGE: { description: "The supplier owes it, in its country of the EU." },
    OUTSIDE_SCOPE: { description: "None: the collectivities and all other countries." },
    PENALTY: { description: "None: what is paid for being late is no supply." },
  },
});

@ObjectType()
export class DocumentLine {
  @Field(() => String) label: string;
  @Field(() => Int) quantity: number;
  @Field(() => Cents, { description: "Excluding VAT." }) unitCents: number;
  @Field(() => Cents, { description: "Excluding VAT." }) netCents: number;
}

@ObjectType({ description: "A document that another one corrects, or whose money it uses up." })
export class DocumentReference {
  @Field(() => String) name: string;
  @Field(() => String, { description: "YYYY-MM-DD" }) issuedOn: string;
}

@ObjectType({ description: "A lead that stands on a document, by its reference." })
export class BilledLead {
  @Field(() => ID) leadId: string;
  @Field(() => DateTime, { description: "When it was charged or given back." }) at: Date;
  @Field(() => Cents, { description: "Excluding VAT; below zero if it was given back." }) netCents: number;
}

export const BilledLeadConnection = connectionType(BilledLead, "BilledLead");

@ObjectType({
  description: "An invoice, a credit note or a deposit. Frozen when it was issued, in euro cents.",
})
export class BillingDocument {
  /** Not shown. */
  view: DocumentView;
  @Field(() => ID) id: string;
  @Field(() => ID) supplierId: string;
  @Field(() => DocumentKind) kind: Kind;
  @Field(() => String, { description: "Its number, as F2026-000123: without a gap in its series and year." })
  name: string;
  @Field(() => String, { description: "YYYY-MM-DD, in Paris." }) issuedOn: string;
  @Field(() => String, { nullable: true, description: "YYYY-MM-DD; null where nothing is to be paid." })
  dueOn: string | null;
  @Field(() => VatTreatment) vatTreatment: Treatment;
  @Field(() => Cents) netCents: number;
  @Field(() => Cents) vatCents: number;
  @Field(() => Cents) totalInclVatCents: number;
  @Field(() => Cents, { description: "What of it had been paid in before." }) advancesInclVatCents: number;
  @Field(() => Cents, { description: "What was to be paid when it was issued." }) dueInclVatCents: number;
  @Field(() => Cents, { description: "What is still to be paid." }) openInclVatCents: number;
  @Field(() => [DocumentLine]) lines: readonly DocumentLine[];
  @Field(() => [DocumentReference], { description: "What a credit note corrects, or what is late." })
  corrects: readonly DocumentReference[];
  @Field(() => [DocumentReference], { description: "The deposits that an invoice uses up." })
  advances: readonly DocumentReference[];
  @Field(() => [String], { description: "What the law has written on it, in its language." })
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

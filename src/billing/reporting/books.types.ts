import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { VatTreatment as Treatment } from "../../account/ledger";
import { VatTreatment } from "../documents/document.types";
import type { VatDueBy as DueBy } from "./report-views";
import { connectionType } from "../../platform/graphql/connection";
import { Cents } from "../../platform/graphql/scalars";

export const VatDueBy = {
  ...{ PAYMENT: "PAYMENT", ADVANCE: "ADVANCE", DEBITS: "DEBITS", CREDIT_NOTE: "CREDIT_NOTE" },
} as const satisfies Record<DueBy, DueBy>;
registerEnumType(VatDueBy, {
  name: "VatDueBy",
  description: "What made VAT due.",
  valuesConfig: {
    PAYMENT: { description: "A payment of an invoice, or its reversal." },
    ADVANCE: { description: "An advance received before the leads, or the refund of its unused part." },
    DEBITS: {
      description: "An invoice issued while VAT is due on debits; also rounding differences.",
    },
    CREDIT_NOTE: { description: "A credit note for leads that had been paid." },
  },
});

@ObjectType({
  description:
    "VAT that became due in a month (CA3), by rate and by what made it due; negative where it is reclaimed.",
})
export class VatSummaryLine {
  @Field(() => VatDueBy, { description: "What made it due." }) dueBy: DueBy;
  @Field(() => VatTreatment, { description: "The treatment that decides the rate." }) treatment: Treatment;
  @Field(() => Int, { description: "The rate in basis points: 2000 is 20 %." }) rateBasisPoints: number;
  @Field(() => Cents, { description: "The amount on which it is due." }) netCents: number;
  @Field(() => Cents, { description: "The VAT." }) vatCents: number;
}

@ObjectType({ description: "Services supplied in a month to a supplier in another EU country (DES)." })
export class EuService {
  @Field(() => ID, { description: "Who received them." }) supplierId: string;
  @Field(() => String, { description: "The country on its documents: two letters (ISO 3166-1 alpha-2)." })
  country: string;
  @Field(() => String, {
    nullable: true,
    description:
      "The VAT number on its documents; null if they have none, which the declaration does not accept.",
  })
  vatNumber: string | null;
  @Field(() => Cents, {
    description:
      "Excluding VAT, which the supplier accounts for in its own country. Negative if more was credited than supplied.",
  })
  netCents: number;
}

@ObjectType({ description: "What a supplier owes on a day, including VAT, by days overdue." })
export class AgedReceivable {
  @Field(() => ID, { description: "Who owes it." }) supplierId: string;
  @Field(() => Cents, { description: "Everything that is owed, always more than 0." }) openCents: number;
  @Field(() => Cents, { description: "Not due yet, or due on that day." }) notDueCents: number;
  @Field(() => Cents, { description: "Overdue by 1 to 30 days." }) upTo30DaysCents: number;
  @Field(() => Cents, { description: "Overdue by 31 to 60 days." }) upTo60DaysCents: number;
  @Field(() => Cents, { description: "Overdue by 61 to 90 days." }) upTo90DaysCents: number;
  @Field(() => Cents, { description: "Overdue by more than 90 days." }) olderCents: number;
}

export const AgedReceivableConnection = connectionType(AgedReceivable, "AgedReceivable");

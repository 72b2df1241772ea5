import { Field, ID, Int, ObjectType } from "type-graphql";
import type { JournalCode, VatTreatment as Treatment } from "../../account/ledger";
import { Journal } from "../../account/ledger/journal.types";
import { connectionType } from "../../platform/graphql/connection";
import { Day, Month } from "../../platform/graphql/dates";
import { Cents } from "../../platform/graphql/scalars";
import { VatTreatment } from "../documents/document.types";
import { VatDueBy } from "./books.types";
import type { VatDueBy as DueBy } from "./report-views";

@ObjectType({
  description:
    "VAT of money that the bank or Stripe moved in a month that was locked when it was booked. It became due in that month, so it belongs on a corrective VAT return (CA3), although the books have it in a later month.",
})
export class LateVatEntry {
  @Field(() => Month, { description: "The month in which it became due." }) month: string;
  @Field(() => Day, { description: "The day on which the bank or Stripe moved the money." }) movedOn: string;
  @Field(() => Day, { description: "The day on which it is booked: the first one that was open." })
  datedOn: string;
  @Field(() => Journal, { description: "The journal of its entry." }) journal: JournalCode;
  @Field(() => Int, { description: "The year in which the entry is numbered." }) year: number;
  @Field(() => Int, { description: "The number of the entry in the journal and the year." }) number: number;
  @Field(() => String, {
    description: "The reference of the bank or Stripe, or the number of the deposit invoice.",
  })
  piece: string;
  @Field(() => ID, {
    nullable: true,
    description: "Id of the deposit invoice; null for payments of invoices.",
  })
  documentId: string | null;
  @Field(() => ID, { description: "Id of the supplier whose money it is." }) supplierId: string;
  @Field(() => VatDueBy, { description: "What made it due." }) dueBy: DueBy;
  @Field(() => VatTreatment, { description: "The treatment that decides the rate." }) treatment: Treatment;
  @Field(() => Int, { description: "The rate in basis points: 2000 is 20 %." }) rateBasisPoints: number;
  @Field(() => Cents, { description: "The amount on which it is due; negative where it is taken back." })
  netCents: number;
  @Field(() => Cents, { description: "The VAT; negative where it is reclaimed." }) vatCents: number;
}

export const LateVatEntryConnection = connectionType(LateVatEntry, "LateVatEntry");

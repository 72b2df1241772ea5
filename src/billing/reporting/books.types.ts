import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { VatTreatment as Treatment } from "../../account/ledger";
import { VatTreatment } from "../documents/document.types";
import type { VatDueBy as DueBy } from "./report-views";
import { Cents } from "../../platform/graphql/scalars";

@ObjectType({ description: "A violation of a rule of the books." })
export class LedgerFault {
  @Field(() => String) rule: string;
  @Field(() => String, { description: "What is wrong." }) says: string;
  @Field(() => String, {
    description: "Where: the id of a supplier or lead, a document, an entry or an account.",
  })
  subject: string;
  @Field(() => Cents, { description: "The difference in cents; for a gap in numbers, how many are missing." })
  cents: number;
}

@ObjectType({ description: "The result of checking every rule on one snapshot of the books." })
export class LedgerProof {
  @Field(() => Int, { description: "Number of rules checked." }) rules: number;
  @Field(() => Int) postings: number;
  @Field(() => Int) entries: number;
  @Field(() => Int) documents: number;
  @Field(() => [LedgerFault], { description: "Empty when the books are correct. At most 20 per rule." })
  faults: readonly LedgerFault[];
}

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
  @Field(() => VatDueBy) dueBy: DueBy;
  @Field(() => VatTreatment) treatment: Treatment;
  @Field(() => Int, { description: "In basis points: 2000 is 20 %." }) rateBasisPoints: number;
  @Field(() => Cents) netCents: number;
  @Field(() => Cents) vatCents: number;
}

@ObjectType({ description: "Services supplied to a supplier in another EU country (DES)." })
export class EuService {
  @Field(() => ID) supplierId: string;
  @Field(() => String, { nullable: true }) vatNumber: string | null;
  @Field(() => Cents) netCents: number;
}

@ObjectType({ description: "What a supplier owes, including VAT, by days overdue." })
export class AgedReceivable {
  @Field(() => ID) supplierId: string;
  @Field(() => Cents) openCents: number;
  @Field(() => Cents) notDueCents: number;
  @Field(() => Cents) upTo30DaysCents: number;
  @Field(() => Cents) upTo60DaysCents: number;
  @Field(() => Cents) upTo90DaysCents: number;
  @Field(() => Cents) olderCents: number;
}

import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { JournalCode, VatTreatment as Treatment } from "../../account/ledger";
import { VatTreatment } from "../documents/document.types";
import type { VatDueBy as DueBy } from "./report-views";
import { Cents, Cursor } from "../../platform/graphql/scalars";

@ObjectType({ description: "A rule of the books that does not hold." })
export class LedgerFault {
  @Field(() => String) rule: string;
  @Field(() => String, { description: "What is wrong, in words." }) says: string;
  @Field(() => String, { description: "Where: a supplier's or lead's id, a document, an entry, an account." })
  subject: string;
  @Field(() => Cents, { description: "By how much; of a gap in numbers, how many." }) cents: number;
}

@ObjectType({ description: "Every rule of the books, asked on one state of them." })
export class LedgerProof {
  @Field(() => Int, { description: "How many rules were asked." }) rules: number;
  @Field(() => Int) postings: number;
  @Field(() => Int) entries: number;
  @Field(() => Int) documents: number;
  @Field(() => [LedgerFault], { description: "Empty: the books hold. At most 20 of each rule." })
  faults: readonly LedgerFault[];
}

export const VatDueBy = {
  ...{ PAYMENT: "PAYMENT", ADVANCE: "ADVANCE", DEBITS: "DEBITS", CREDIT_NOTE: "CREDIT_NOTE" },
} as const satisfies Record<DueBy, DueBy>;
registerEnumType(VatDueBy, {
  name: "VatDueBy",
  description: "What made VAT due.",
  valuesConfig: {
    PAYMENT: { description: "Money came for an invoice, or was taken back." },
    ADVANCE: { description: "Money came before the leads, or what was left of it was given back." },
    DEBITS: {
      description: "An invoice was issued, where VAT is due on debits; and cents that were rounded.",
    },
    CREDIT_NOTE: { description: "Leads that had been paid were given back." },
  },
});

@ObjectType({
  description:
    "VAT that became due in a month (CA3), by rate and by what made it due; negative where it is given back.",
})
export class VatSummaryLine {
  @Field(() => VatDueBy) dueBy: DueBy;
  @Field(() => VatTreatment) treatment: Treatment;
  @Field(() => Int, { description: "2000 is 20 %." }) rateBasisPoints: number;
  @Field(() => Cents) netCents: number;
  @Field(() => Cents) vatCents: number;
}

@ObjectType({ description: "Services to a supplier in the EU (DES)." })
export class EuService {
  @Field(() => ID) supplierId: string;
  @Field(() => String, { nullable: true }) vatNumber: string | null;
  @Field(() => Cents) netCents: number;
}

@ObjectType({ description: "What a supplier owes, including VAT, by how long it has been due." })
export class AgedReceivable {
  @Field(() => ID) supplierId: string;
  @Field(() => Cents) openCents: number;
  @Field(() => Cents) notDueCents: number;
  @Field(() => Cents) upTo30DaysCents: number;
  @Field(() => Cents) upTo60DaysCents: number;
  @Field(() => Cents) upTo90DaysCents: number;
  @Field(() => Cents) olderCents: number;
}

@ObjectType({
  description: "A part of the file of accounting entries (FEC). The program writes the file: npm run fec.",
})
export class FecPart {
  @Field(() => String, { description: "What the file is called." }) name: string;
  @Field(() => String, { description: "The line above all others." }) header: string;
  @Field(() => [String], { description: "TAB between the 18 columns." }) lines: readonly string[];
  @Field(() => Cursor, { nullable: true, description: "Where the next part begins; null: it was the last." })
  after: string | null;
}

export const Journal = { VE: "VE", BQ: "BQ", ST: "ST", OD: "OD", SI: "SI" } as const satisfies Record<
  JournalCode,
  JournalCode
>;
registerEnumType(Journal, {
  name: "Journal",
  valuesConfig: {
    VE: { description: "Sales." },
    BQ: { description: "The bank." },
    ST: { description: "Stripe." },
    OD: { description: "Other operations." },
    SI: { description: "What a month's end accrues." },
  },
});

@ObjectType({
  description: "A part of a month's entries, as CSV. The program writes the file: npm run journal.",
})
export class JournalPart {
  @Field(() => String, { description: "The line above all others." }) header: string;
  @Field(() => [String], { description: "Semicolons between the columns, a comma before the cents." })
  lines: readonly string[];
  @Field(() => Cursor, { nullable: true, description: "Where the next part begins; null: it was the last." })
  after: string | null;
}

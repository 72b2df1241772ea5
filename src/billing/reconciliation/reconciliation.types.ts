import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Cents } from "../../platform/graphql/scalars";
import type { BookedAs } from "./suspense";
import type { DifferenceKind as Kind } from "./reconciliation-view";
import type { StatementFormat as Format } from "./statement-lines";

export const StatementFormat = { CAMT053: "CAMT053", CSV: "CSV" } as const satisfies Record<Format, Format>;
registerEnumType(StatementFormat, {
  name: "StatementFormat",
  description: "CSV has the columns reference, booked_on (YYYY-MM-DD), amount, remittance, counterparty.",
});

export const DifferenceKind = {
  MISSING_LEFT: "MISSING_LEFT",
  MISSING_RIGHT: "MISSING_RIGHT",
  DIFFERS: "DIFFERS",
} as const satisfies Record<Kind, Kind>;
registerEnumType(DifferenceKind, { name: "DifferenceKind" });

@ObjectType({
  description:
    "Something that does not match. `booked(subject)` returns everything the books contain about it.",
})
export class Difference {
  @Field(() => DifferenceKind) kind: Kind;
  @Field(() => String, {
    description: "The id of a lead, document, payment or payout, or the bank's reference.",
  })
  subject: string;
  @Field(() => Cents) leftCents: number;
  @Field(() => Cents) rightCents: number;
}

@ObjectType({ description: "Two sides that should match." })
export class Comparison {
  @Field(() => String) name: string;
  @Field(() => String) left: string;
  @Field(() => String) right: string;
  @Field(() => Int) matched: number;
  @Field(() => Cents) matchedCents: number;
  @Field(() => Int) differing: number;
  @Field(() => [Difference], { description: "At most 100." }) differences: readonly Difference[];
}

@ObjectType({ description: "Reconciliation of a month, from leads to the bank." })
export class Reconciliation {
  @Field(() => String) month: string;
  @Field(() => Boolean) locked: boolean;
  @Field(() => [Comparison]) comparisons: readonly Comparison[];
  @Field(() => Cents, {
    description: "Balance of the suspense account (471) over all time: money not assigned yet.",
  })
  suspenseCents: number;
}

export const BankLineKind = {
  BANK_FEE: "BANK_FEE",
  EXPENSE: "EXPENSE",
  INCOME: "INCOME",
} as const satisfies Record<BookedAs, BookedAs>;
registerEnumType(BankLineKind, {
  name: "BankLineKind",
  valuesConfig: {
    BANK_FEE: { description: "Booked on 627." },
    EXPENSE: { description: "Booked on 658." },
    INCOME: { description: "Booked on 758: incoming money that concerns no supplier." },
  },
});

@ObjectType()
export class BankStatementImported {
  @Field(() => Int) read: number;
  @Field(() => Int, { description: "Lines that had been imported before." }) known: number;
  @Field(() => Int) matched: number;
  @Field(() => Int, {
    description: "Lines on suspense until `assignBankLine` assigns or `bookBankLine` books them.",
  })
  unmatched: number;
}

@ObjectType({ description: "A bank statement line that is not matched." })
export class BankLine {
  @Field(() => ID) id: string;
  @Field(() => String) reference: string;
  @Field(() => String, { description: "YYYY-MM-DD" }) bookedOn: string;
  @Field(() => Cents, { description: "Negative for outgoing money." }) amountCents: number;
  @Field(() => String) remittance: string;
  @Field(() => String) counterparty: string;
}

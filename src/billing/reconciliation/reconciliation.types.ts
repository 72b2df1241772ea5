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

@ObjectType({ description: "What does not match: `booked(subject)` answers all that the books have of it." })
export class Difference {
  @Field(() => DifferenceKind) kind: Kind;
  @Field(() => String, {
    description: "A lead's id, a document's, a payment's, a payout's, or the bank's reference.",
  })
  subject: string;
  @Field(() => Cents) leftCents: number;
  @Field(() => Cents) rightCents: number;
}

@ObjectType({ description: "Two sides that should say the same." })
export class Comparison {
  @Field(() => String) name: string;
  @Field(() => String) left: string;
  @Field(() => String) right: string;
  @Field(() => Int) matched: number;
  @Field(() => Cents) matchedCents: number;
  @Field(() => Int) differing: number;
  @Field(() => [Difference], { description: "At most 100." }) differences: readonly Difference[];
}

@ObjectType({ description: "A month from leads to the bank, side by side." })
export class Reconciliation {
  @Field(() => String) month: string;
  @Field(() => Boolean) locked: boolean;
  @Field(() => [Comparison]) comparisons: readonly Comparison[];
  @Field(() => Cents, { description: "On suspense (471), of all time: money that is nobody's yet." })
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
    BANK_FEE: { description: "On 627." },
    EXPENSE: { description: "On 658." },
    INCOME: { description: "On 758: money that came and is no supplier's." },
  },
});

@ObjectType()
export class BankStatementImported {
  @Field(() => Int) read: number;
  @Field(() => Int, { description: "Lines that had been imported before." }) known: number;
  @Field(() => Int) matched: number;
  @Field(() => Int, {
    description: "On suspense until `assignBankLine` says whose they are, or `bookBankLine` what.",
  })
  unmatched: number;
}

@ObjectType({ description: "A line of the bank's statement that nothing was matched with." })
export class BankLine {
  @Field(() => ID) id: string;
  @Field(() => String) reference: string;
  @Field(() => String, { description: "YYYY-MM-DD" }) bookedOn: string;
  @Field(() => Cents, { description: "Below zero: it left." }) amountCents: number;
  @Field(() => String) remittance: string;
  @Field(() => String) counterparty: string;
}

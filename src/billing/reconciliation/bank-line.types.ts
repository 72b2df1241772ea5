import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Day, Month } from "../../platform/graphql/dates";
import { Cents } from "../../platform/graphql/scalars";
import type { BankLineStatus as Status, BookedAs, MatchKind } from "./bank-line";
import type { StatementFormat as Format } from "./statement-lines";

export const StatementFormat = { CAMT053: "CAMT053", CSV: "CSV" } as const satisfies Record<Format, Format>;
registerEnumType(StatementFormat, {
  name: "StatementFormat",
  description: "The format of a bank statement.",
  valuesConfig: {
    CAMT053: { description: "CAMT.053 of ISO 20022 (XML). Entries that are not booked yet are left out." },
    CSV: {
      description:
        "Columns reference, booked_on (YYYY-MM-DD), amount in euros, remittance, counterparty, named in the first line. Decimal commas if semicolons separate the columns.",
    },
  },
});

export const BankLineKind = {
  BANK_FEE: "BANK_FEE",
  EXPENSE: "EXPENSE",
  INCOME: "INCOME",
} as const satisfies Record<BookedAs, BookedAs>;
registerEnumType(BankLineKind, {
  name: "BankLineKind",
  description: "What a line is that concerns no supplier.",
  valuesConfig: {
    BANK_FEE: { description: "Account 627: a fee of the bank." },
    EXPENSE: { description: "Account 658: other outgoing money." },
    INCOME: { description: "Account 758: incoming money that concerns no supplier." },
  },
});

export const BankLineStatus = {
  UNMATCHED: "UNMATCHED",
  MATCHED: "MATCHED",
  BOOKED: "BOOKED",
} as const satisfies Record<Status, Status>;
registerEnumType(BankLineStatus, {
  name: "BankLineStatus",
  description: "What became of a bank statement line.",
  valuesConfig: {
    UNMATCHED: {
      description: "Its money is on suspense (471) until `assignBankLine` or `bookBankLine` clears it.",
    },
    MATCHED: { description: "It is a transfer, payout or refund that the books contain." },
    BOOKED: { description: "It concerns no supplier and was booked as a fee, expense or income." },
  },
});

export const BankLineMatch = {
  TRANSFER: "TRANSFER",
  PAYOUT: "PAYOUT",
  REFUND: "REFUND",
} as const satisfies Record<MatchKind, MatchKind>;
registerEnumType(BankLineMatch, {
  name: "BankLineMatch",
  description: "What a bank statement line is matched with.",
  valuesConfig: {
    TRANSFER: { description: "A supplier's transfer." },
    PAYOUT: { description: "A payout of Stripe." },
    REFUND: { description: "A balance refunded to a supplier by transfer." },
  },
});

@ObjectType({ description: "A line of a bank statement. Each is imported once, by its reference." })
export class BankLine {
  @Field(() => ID, { description: "The id of the line." }) id: string;
  @Field(() => String, { description: "The bank's reference, at most 140 characters." }) reference: string;
  @Field(() => Day, { description: "The day on which the bank booked it." }) bookedOn: string;
  @Field(() => Cents, { description: "Positive for incoming money, negative for outgoing money; never 0." })
  amountCents: number;
  @Field(() => String, { description: "The payer's text, at most 500 characters; empty if there is none." })
  remittance: string;
  @Field(() => String, {
    description: "Who paid or was paid, at most 500 characters; empty if the bank does not say.",
  })
  counterparty: string;
  @Field(() => BankLineStatus, { description: "What became of it." }) status: Status;
  @Field(() => BankLineMatch, { nullable: true, description: "Null unless the line is matched." })
  matchedWith: MatchKind | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The id of what it is matched with, for `booked(subject)`; null unless the line is matched. For a refund, its credit note.",
  })
  subject: string | null;
  @Field(() => BankLineKind, { nullable: true, description: "Null unless the line is booked." })
  bookedAs: BookedAs | null;
  @Field(() => ID, {
    nullable: true,
    description: "The supplier that paid or was refunded; null unless the line is matched with one's money.",
  })
  supplierId: string | null;
}

export const BankLineConnection = connectionType(BankLine, "BankLine");

@InputType({ description: "Which lines are wanted. What is absent does not restrict them." })
export class BankLineFilter {
  @Field(() => BankLineStatus, { nullable: true, description: "Only lines with this status." })
  status?: Status | null;
  @Field(() => Month, { nullable: true, description: "Only lines that the bank booked in this month." })
  month?: string | null;
  @Field(() => String, { nullable: true, description: "Only the line with this reference of the bank." })
  reference?: string | null;
}

@ObjectType({ description: "What became of the lines of an imported statement." })
export class ImportBankStatementPayload {
  @Field(() => Int, { description: "How many lines the statement has." }) read: number;
  @Field(() => Int, { description: "How many of them had been imported before." }) known: number;
  @Field(() => Int, { description: "How many were matched at once." }) matched: number;
  @Field(() => Int, {
    description: "How many are on suspense until `assignBankLine` assigns or `bookBankLine` books them.",
  })
  unmatched: number;
}

@ObjectType({ description: "The answer to `assignBankLine`." })
export class AssignBankLinePayload {
  @Field(() => BankLine, { description: "The line, which is matched now." }) line: BankLine;
}

@ObjectType({ description: "The answer to `bookBankLine`." })
export class BookBankLinePayload {
  @Field(() => BankLine, { description: "The line, which is booked now." }) line: BankLine;
}

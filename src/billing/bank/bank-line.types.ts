import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Day, Month } from "../../platform/graphql/dates";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type {
  BankLineStatus as Status,
  BookedAs,
  PartKind,
  WaitsFor,
  BankLineView,
  LinePart,
} from "./bank-line";
import { singlePart } from "./bank-line";
import type { StatementFormat as Format } from "../statements";

export const StatementFormat = {
  CAMT053: "CAMT053",
  CSV: "CSV",
  CFONB120: "CFONB120",
} as const satisfies Record<Format, Format>;
registerEnumType(StatementFormat, {
  name: "StatementFormat",
  description: "The format of a bank statement.",
  valuesConfig: {
    CAMT053: {
      description:
        "CAMT.053 of ISO 20022 (XML), versions 02 to 13. Entries that are not booked yet, or in other currencies, are left out. A batch entry is as many lines as it has transactions.",
    },
    CSV: {
      description:
        "A table with a day, an amount (or a debit and a credit) and a text, under the headings that French banks use, or reference, booked_on, amount, remittance and counterparty. It names no account.",
    },
    CFONB120: { description: "CFONB 120, the fixed-width format of French banks." },
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
  PENDING: "PENDING",
  UNMATCHED: "UNMATCHED",
  MATCHED: "MATCHED",
  BOOKED: "BOOKED",
} as const satisfies Record<Status, Status>;
registerEnumType(BankLineStatus, {
  name: "BankLineStatus",
  description: "What became of a bank statement line.",
  valuesConfig: {
    PENDING: { description: "Its statement is being imported; it is not booked yet." },
    UNMATCHED: {
      description:
        "All or part of its money is on suspense (471) until a person clears it: `assignBankLine`, `splitBankLine`, `matchBankLine` or `bookBankLine`.",
    },
    MATCHED: { description: "It is money that the books contain: see `parts`." },
    BOOKED: { description: "It concerns no supplier and was booked as a fee, expense or income." },
  },
});

export const BankLineMatch = {
  TRANSFER: "TRANSFER",
  PAYOUT: "PAYOUT",
  REFUND: "REFUND",
  RECALL: "RECALL",
} as const satisfies Record<Exclude<PartKind, "BOOKED">, Exclude<PartKind, "BOOKED">>;
registerEnumType(BankLineMatch, {
  name: "BankLineMatch",
  description: "What a bank statement line is matched with.",
  valuesConfig: {
    TRANSFER: { description: "A supplier's transfer." },
    PAYOUT: { description: "A payout of Stripe." },
    REFUND: { description: "A balance refunded to a supplier by transfer." },
    RECALL: { description: "An earlier transfer of a supplier, which the bank took back." },
  },
});

export const BankLineReason = {
  NOTHING_NAMED: "NOTHING_NAMED",
  SEVERAL_NAMED: "SEVERAL_NAMED",
  LOOKS_RECORDED: "LOOKS_RECORDED",
  DIFFERS: "DIFFERS",
  UNEXPLAINED_DIFFERENCE: "UNEXPLAINED_DIFFERENCE",
  OUTGOING: "OUTGOING",
  RECALL_UNCLEAR: "RECALL_UNCLEAR",
  NOT_POSSIBLE: "NOT_POSSIBLE",
  TAKEN_BACK: "TAKEN_BACK",
} as const satisfies Record<WaitsFor, WaitsFor>;
registerEnumType(BankLineReason, {
  name: "BankLineReason",
  description: "Why a line waits for a person.",
  valuesConfig: {
    NOTHING_NAMED: { description: "Its text names neither a document nor a supplier." },
    SEVERAL_NAMED: { description: "Its text names several suppliers." },
    LOOKS_RECORDED: {
      description:
        "Money with this amount and nearly this day is recorded under another reference: see `candidates`.",
    },
    DIFFERS: { description: "Money is recorded under its reference with another amount." },
    UNEXPLAINED_DIFFERENCE: {
      description: "It is a batch whose transactions and charges do not add up to its amount.",
    },
    OUTGOING: { description: "It is an outgoing payment that nothing recorded explains." },
    RECALL_UNCLEAR: {
      description:
        "The bank takes a payment back, and it is not certain which, or part of it had been refunded.",
    },
    NOT_POSSIBLE: { description: "It could not be booked as it says, for example because of its size." },
    TAKEN_BACK: { description: "A person took back what it was matched with." },
  },
});

@ObjectType({ description: "What a line, or part of it, is matched with or booked as." })
export class BankLinePart {
  @Field(() => ID, { description: "Its id, for `undoBankLine`." }) id: string;
  @Field(() => Cents, { description: "The part of the line's amount; it has the same sign." })
  amountCents: number;
  @Field(() => BankLineMatch, { nullable: true, description: "What it is; null if it is booked." })
  matchedWith: Exclude<PartKind, "BOOKED"> | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The id of what it is matched with, for `booked(subject)`; null if it is booked. For a refund, its credit note; for a recall, the transfer.",
  })
  subject: string | null;
  @Field(() => BankLineKind, { nullable: true, description: "What it is booked as; null if it is matched." })
  bookedAs: BookedAs | null;
  @Field(() => Cents, {
    description: "By how much a transfer recorded by hand was corrected to the bank's amount.",
  })
  correctedCents: number;
  @Field(() => ID, { nullable: true, description: "The supplier; null if it is no supplier's money." })
  supplierId: string | null;
  @Field(() => ID, { nullable: true, description: "The invoice it was assigned to; null if none was named." })
  documentId: string | null;
  @Field(() => DateTime, { description: "When it was matched or booked." }) madeAt: Date;
  @Field(() => DateTime, { nullable: true, description: "When it was taken back; null while it stands." })
  undoneAt: Date | null;
  @Field(() => String, { nullable: true, description: "Why it was taken back; null while it stands." })
  undoneReason: string | null;
}

@ObjectType({ description: "Something recorded that a waiting line may be, for `matchBankLine`." })
export class BankLineCandidate {
  @Field(() => String, {
    description:
      "What `matchBankLine` takes as `subject`: the id of a transfer, of a payout, of a refund's credit note or of an earlier line.",
  })
  subject: string;
  @Field(() => BankLineMatch, {
    description: "What the line would be matched with. REFUND for a positive line: a refund that came back.",
  })
  matchedWith: Exclude<PartKind, "BOOKED">;
  @Field(() => String, { description: "The bank's reference, or the id of the payout." }) reference: string;
  @Field(() => Cents, { description: "Its amount; negative for outgoing money." }) amountCents: number;
  @Field(() => ID, { nullable: true, description: "The supplier; null if it is no single supplier's money." })
  supplierId: string | null;
}

@ObjectType({
  description:
    "A line of a bank statement. It is imported once: its account, reference, day, amount and place among equal lines identify it.",
})
export class BankLine {
  @Field(() => ID, { description: "The id of the line." }) id: string;
  @Field(() => String, {
    description: "The bank's reference, at most 140 characters. Several lines can have the same.",
  })
  reference: string;
  @Field(() => String, {
    nullable: true,
    description: "The reference that the payer gave (end-to-end id); null if there is none.",
  })
  endToEndId: string | null;
  @Field(() => Day, { description: "The day on which the bank booked it." }) bookedOn: string;
  @Field(() => Cents, { description: "Positive for incoming money, negative for outgoing money; never 0." })
  amountCents: number;
  @Field(() => Cents, { description: "What is on suspense (471): the amount less its parts." })
  openCents: number;
  @Field(() => String, { description: "The payer's text, at most 500 characters; empty if there is none." })
  remittance: string;
  @Field(() => String, {
    description: "Who paid or was paid, at most 500 characters; empty if the bank does not say.",
  })
  counterparty: string;
  @Field(() => BankLineStatus, { description: "What became of it." }) status: Status;
  @Field(() => BankLineReason, {
    nullable: true,
    description: "Why it waits for a person; null unless it is UNMATCHED.",
  })
  waitsFor: WaitsFor | null;
  @Field(() => [BankLinePart], {
    description: "What it is matched with or booked as, including what was taken back; oldest first.",
  })
  parts: BankLinePart[];
  @Field(() => BankLineMatch, {
    nullable: true,
    description: "What its first part is matched with; null unless the line is matched.",
  })
  matchedWith: Exclude<PartKind, "BOOKED"> | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The id of what it is matched with, for `booked(subject)`; null unless the line is matched, and if it is split. For a refund, its credit note.",
  })
  subject: string | null;
  @Field(() => BankLineKind, { nullable: true, description: "Null unless the line is booked." })
  bookedAs: BookedAs | null;
  @Field(() => ID, {
    nullable: true,
    description:
      "The supplier that paid or was refunded; null unless the line is matched with one's money, and if it is split over several.",
  })
  supplierId: string | null;
}

export function toBankLine(view: BankLineView): BankLine {
  const waitsFor = view.status === "UNMATCHED" ? view.waitsFor : null;
  return { ...view, ...singlePart(view), waitsFor, parts: view.parts.map(toPart) };
}

const toPart = ({ kind, subjectId, ...part }: LinePart): BankLinePart => ({
  ...part,
  matchedWith: kind === "BOOKED" ? null : kind,
  subject: kind === "BOOKED" ? null : subjectId,
  bookedAs: kind === "BOOKED" ? (subjectId as BookedAs) : null,
});

export const BankLineConnection = connectionType(BankLine, "BankLine");

@InputType({ description: "Which lines are wanted. What is absent does not restrict them." })
export class BankLineFilter {
  @Field(() => BankLineStatus, { nullable: true, description: "Only lines with this status." })
  status?: Status | null;
  @Field(() => Month, { nullable: true, description: "Only lines that the bank booked in this month." })
  month?: string | null;
  @Field(() => String, { nullable: true, description: "Only lines with this reference of the bank." })
  reference?: string | null;
}

@InputType({ description: "Part of a line that is a transfer of a supplier." })
export class BankLinePartInput {
  @Field(() => ID, { description: "Who paid." }) supplierId: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "The invoice it was made for, settled before the others. Without it the oldest is settled first.",
  })
  documentId?: string | null;
  @Field(() => Cents, { description: "Including VAT, from 1 cent." }) amountCents: number;
}

@ObjectType({ description: "The answer to `assignBankLine`." })
export class AssignBankLinePayload {
  @Field(() => BankLine, { description: "The line, which is matched now." }) line: BankLine;
}

@ObjectType({ description: "The answer to `bookBankLine`." })
export class BookBankLinePayload {
  @Field(() => BankLine, { description: "The line, which is booked now." }) line: BankLine;
}

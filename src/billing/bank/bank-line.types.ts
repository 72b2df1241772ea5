import { Field, ID, InputType, ObjectType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Day, Month } from "../../platform/graphql/dates";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { singlePart } from "./bank-line";
import type { BankLineView, LinePart, BankLineStatus as Status } from "./bank-line";
import type { BookedAs, PartKind, WaitsFor } from "./bank-line";
import { BankLineKind, BankLineMatch, BankLineReason, BankLineStatus } from "./bank-line-enums.types";

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

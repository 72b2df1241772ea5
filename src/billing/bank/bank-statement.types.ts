import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Day } from "../../platform/graphql/dates";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { Fault } from "../../shared/errors";
import type { StatementFormat as Format, Skipped } from "../statements";
import {
  BankStatementLineResult,
  BankStatementStatus,
  SkippedLineReason,
  type Progress,
} from "./bank-statement-enums.types";
import { StatementFormat } from "./bank-line-enums.types";
import type {
  BankStatementView,
  StatementBalance,
  StatementLineResult,
  StatementLineView,
} from "./bank-statement";

@ObjectType({ description: "What is wrong with a file of bank statements." })
export class BankStatementFault {
  @Field(() => Int, {
    nullable: true,
    description:
      "The line of the file, or in CAMT.053 its entry, from 1; null if it is about the whole file.",
  })
  line: number | null;
  @Field(() => String, { description: "A stable word, as in the extension `reason` of errors." })
  reason: string;
  @Field(() => String, { description: "What is wrong and how to mend it." }) message: string;
}

@ObjectType({ description: "What a statement says of the company's account." })
export class BankStatementBalance {
  @Field(() => String, { description: "The IBAN of the account." }) account: string;
  @Field(() => String, {
    nullable: true,
    description: "The bank's number of the statement; null without one.",
  })
  number: string | null;
  @Field(() => Day, { description: "The day of the opening balance." }) openingOn: string;
  @Field(() => Cents, { description: "The opening balance." }) openingCents: number;
  @Field(() => Day, { description: "The day of the closing balance." }) closingOn: string;
  @Field(() => Cents, { description: "The closing balance." }) closingCents: number;
  @Field(() => Cents, {
    description: "What is missing between this statement and the one before, if that was accepted; else 0.",
  })
  gapCents: number;
}

@ObjectType({ description: "An imported file of bank statements." })
export class BankStatement {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => DateTime, { description: "When it was imported." }) importedAt: Date;
  @Field(() => String, {
    description: "Who imported it, as in the audit log: `key:` or `member:` and an id.",
  })
  importedBy: string;
  @Field(() => StatementFormat, { description: "The format of the file." }) format: Format;
  @Field(() => String, { nullable: true, description: "The name of the file; null if it had none." })
  name: string | null;
  @Field(() => Int, { description: "The size of the file in bytes." }) bytes: number;
  @Field(() => String, { description: "The SHA-256 of the file, in hexadecimal." }) sha256: string;
  @Field(() => BankStatementStatus, { description: "How far it is." }) status: Progress;
  @Field(() => Int, { description: "How many lines the file has." }) read: number;
  @Field(() => Int, { description: "How many of them had been imported before." }) known: number;
  @Field(() => Int, { description: "How many were matched or booked so far." }) matched: number;
  @Field(() => Int, { description: "How many waited for a person when they were booked." }) unmatched: number;
  @Field(() => Int, { description: "How many more were skipped." }) skipped: number;
  @Field(() => String, {
    nullable: true,
    description: "Why a gap before the file was accepted; null if no reason was given.",
  })
  gapReason: string | null;
  @Field(() => [BankStatementFault], {
    description: "Why it was refused, at most 100 faults; empty otherwise.",
  })
  faults: BankStatementFault[];
}

export const toBankStatement = ({ status, faults, ...view }: BankStatementView): BankStatement => ({
  ...view,
  status: status === "READING" || status === "BOOKING" ? "RUNNING" : status,
  faults: faults.map(toFault),
});

export const toFault = ({ reason, message, line }: Fault): BankStatementFault => ({
  ...{ reason, message },
  line: typeof line === "number" ? line : null,
});

export const toBalance = ({ opening, closing, ...balance }: StatementBalance): BankStatementBalance => ({
  ...balance,
  ...{ openingOn: opening.on, openingCents: opening.cents },
  ...{ closingOn: closing.on, closingCents: closing.cents },
});

export const BankStatementConnection = connectionType(BankStatement, "BankStatement");

@ObjectType({ description: "A line of an imported file." })
export class BankStatementLine {
  @Field(() => Int, { description: "Its number among the lines that were read and skipped, from 1." })
  number: number;
  @Field(() => Int, { description: "The line of the file, or in CAMT.053 its entry, from 1." }) line: number;
  @Field(() => Int, {
    nullable: true,
    description: "The transaction within the entry of a batch, from 1; null if it is none.",
  })
  detail: number | null;
  @Field(() => BankStatementLineResult, { description: "What became of it." }) result: StatementLineResult;
  @Field(() => SkippedLineReason, { nullable: true, description: "Why it was skipped; null if it was not." })
  skipped: Skipped["reason"] | null;
  @Field(() => ID, { nullable: true, description: "The line as it is kept; null if it was skipped." })
  bankLineId: string | null;
}

export const toStatementLine = ({ lineId, ...line }: StatementLineView): BankStatementLine => ({
  ...line,
  bankLineId: lineId,
});

export const BankStatementLineConnection = connectionType(BankStatementLine, "BankStatementLine");

@InputType({ description: "Which lines of a file are wanted." })
export class BankStatementLineFilter {
  @Field(() => [BankStatementLineResult], {
    nullable: true,
    description: "Only these results, at least one. Absent: all.",
  })
  results?: StatementLineResult[] | null;
}

@InputType({ description: "An uploaded file of bank statements." })
export class ImportBankStatementFileInput {
  @Field(() => ID, { description: "The answer of POST /uploads." }) uploadId: string;
  @Field(() => StatementFormat, { description: "The format of the file." }) format: Format;
  @Field(() => String, {
    nullable: true,
    description:
      "The account, for formats that name none. Required if the company has several; must be one of the company's.",
  })
  iban?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Why a gap before the file is accepted, in 1 to 500 characters. Without it, a gap is refused.",
  })
  gapReason?: string | null;
}

@ObjectType({ description: "What became of the lines of an imported statement." })
export class ImportBankStatementPayload {
  @Field(() => BankStatement, { description: "The statement as it is kept." }) statement: BankStatement;
  @Field(() => Int, { description: "How many lines the statement has." }) read: number;
  @Field(() => Int, { description: "How many of them had been imported before." }) known: number;
  @Field(() => Int, { description: "How many were matched or booked at once." }) matched: number;
  @Field(() => Int, {
    description: "How many are on suspense until a person assigns, splits, matches or books them.",
  })
  unmatched: number;
}

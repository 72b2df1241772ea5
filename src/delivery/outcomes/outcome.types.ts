import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { markSeparate, type DayOnly, type UnreadableItem } from "../../platform/graphql/separate-items";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { errorOf, type OutcomeStatus as Status, type ReportFault } from "./report";

const described: Readonly<Record<Status, string>> = {
  CONTACTED: "You spoke to the person.",
  UNREACHABLE: "You could not reach the person.",
  APPOINTMENT: "The person has an appointment with you.",
  QUOTED: "You made the person an offer.",
  SOLD: "The person bought from you.",
  LOST: "The person will not buy from you.",
  INVALID: "The request was not in earnest, or its data is wrong.",
  DUPLICATE: "You had the person's request already.",
};

const enumOf = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const OutcomeStatus = enumOf(Object.keys(described) as Status[]);
registerEnumType(OutcomeStatus, {
  name: "OutcomeStatus",
  description: "The outcome of a lead.",
  valuesConfig: Object.fromEntries(
    Object.entries(described).map(([status, description]) => [status, { description }]),
  ),
});

export const OutcomeErrorCode = enumOf<ReportFault["code"]>(["NOT_FOUND", "INVALID_INPUT", "CONFLICT"]);
registerEnumType(OutcomeErrorCode, {
  name: "OutcomeErrorCode",
  description: "Why a report was not accepted. The words are those of `extensions.code` of errors.",
  valuesConfig: {
    NOT_FOUND: { description: "There is no such lead, or it is not yours." },
    INVALID_INPUT: { description: "The report is not valid. The message says what to correct." },
    CONFLICT: { description: "The externalId was used for another report of this lead." },
  },
});

@InputType({
  description:
    "An outcome report. A repeated report counts once; an externalId cannot be reused for a different report of the lead.",
})
export class OutcomeInput {
  @Field(() => ID, { description: "One of your leads." }) leadId: string;
  @Field(() => OutcomeStatus, { description: "What became of it." }) status: Status;
  @Field(() => DateTime, {
    description:
      "When it happened: not before you received the lead and not in the future, give or take five minutes. In a variable, a day without a time (YYYY-MM-DD) is that day in Paris.",
  })
  occurredAt: Date | DayOnly | UnreadableItem;
  @Field(() => Cents, {
    nullable: true,
    description: "Only with SOLD: the price that the person paid, including VAT; not negative.",
  })
  saleCents?: number;
  @Field(() => String, {
    nullable: true,
    description: "The vehicle, 1 to 200 characters. Refused once your right to the lead has ended.",
  })
  vehicle?: string;
  @Field(() => String, {
    nullable: true,
    description: "A comment, 1 to 2,000 characters. Refused once your right to the lead has ended.",
  })
  comment?: string;
  @Field(() => String, {
    nullable: true,
    description: "Your own id for this report, 1 to 200 characters. We store only a digest of it.",
  })
  externalId?: string;
}

markSeparate("OutcomeInput", {
  carrier: "occurredAt",
  id: "leadId",
  rest: { status: OutcomeStatus.CONTACTED },
});

@ObjectType({ description: "The answer to one report." })
export class OutcomeResult {
  @Field(() => ID, { description: "The lead of the report, as you sent it." }) leadId: string;
  @Field(() => Boolean, { description: "Whether the report counts." }) accepted: boolean;
  @Field(() => OutcomeErrorCode, {
    nullable: true,
    description: "Why it was not accepted; null if it was.",
  })
  code: ReportFault["code"] | null;
  @Field(() => String, {
    nullable: true,
    description: "What is wrong with it, in English; null if it was accepted.",
  })
  message: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Starts with NOT_FOUND, INVALID_INPUT or CONFLICT; null if the report was accepted.",
    deprecationReason: "Read `code` and `message`. Withdrawn after 2028-01-31.",
  })
  error: string | null;
}

@ObjectType({ description: "The outcome report of a lead that counts: the one of what happened last." })
export class Outcome {
  @Field(() => OutcomeStatus, { description: "What became of the lead." }) status: string;
  @Field(() => DateTime, { description: "When it happened." }) occurredAt: Date;
  @Field(() => Cents, {
    nullable: true,
    description: "The price that the person paid, including VAT; null if none was reported.",
  })
  saleCents: number | null;
  @Field(() => DateTime, { description: "When you reported it." }) reportedAt: Date;
}

export const toResult = ({
  leadId,
  fault,
}: {
  readonly leadId: string;
  readonly fault: ReportFault | null;
}): OutcomeResult => ({
  ...{ leadId, accepted: fault === null, code: fault?.code ?? null, message: fault?.message ?? null },
  error: fault && errorOf(fault),
});

import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { OutcomeStatus as Status } from "./report";

const statuses: Status[] = [
  "CONTACTED",
  "UNREACHABLE",
  "APPOINTMENT",
  "QUOTED",
  "SOLD",
  "LOST",
  "INVALID",
  "DUPLICATE",
];
export const OutcomeStatus = Object.fromEntries(statuses.map((status) => [status, status])) as Record<
  Status,
  Status
>;
registerEnumType(OutcomeStatus, { name: "OutcomeStatus", description: "The outcome of a lead." });

@InputType({
  description:
    "An outcome report. A repeated report counts once; an externalId cannot be reused for a different report of the lead.",
})
export class OutcomeInput {
  @Field(() => ID) leadId: string;
  @Field(() => OutcomeStatus) status: Status;
  @Field(() => DateTime) occurredAt: Date;
  @Field(() => Cents, {
    nullable: true,
    description: "Only with SOLD: the price that the person paid, including VAT.",
  })
  saleCents?: number;
  @Field(() => String, { nullable: true }) vehicle?: string;
  @Field(() => String, { nullable: true }) comment?: string;
  @Field(() => String, {
    nullable: true,
    description: "Your own id for this report. We store only a digest of it.",
  })
  externalId?: string;
}

@ObjectType({ description: "The answer to one report." })
export class OutcomeResult {
  @Field(() => ID) leadId: string;
  @Field(() => Boolean) accepted: boolean;
  @Field(() => String, { nullable: true, description: "Starts with NOT_FOUND, INVALID_INPUT or CONFLICT." })
  error: string | null;
}

@ObjectType({ description: "The latest outcome report of a lead." })
export class Outcome {
  @Field(() => OutcomeStatus) status: string;
  @Field(() => DateTime) occurredAt: Date;
  @Field(() => Cents, { nullable: true }) saleCents: number | null;
  @Field(() => DateTime) reportedAt: Date;
}

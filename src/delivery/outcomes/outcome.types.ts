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
registerEnumType(OutcomeStatus, { name: "OutcomeStatus", description: "What became of a lead." });

@InputType({ description: "The same report twice is one report; under one externalId only ever the same." })
export class OutcomeInput {
  @Field(() => ID) leadId: string;
  @Field(() => OutcomeStatus) status: Status;
  @Field(() => DateTime) occurredAt: Date;
  @Field(() => Cents, { nullable: true, description: "With SOLD only, including VAT as the person paid it." })
  saleCents?: number;
  @Field(() => String, { nullable: true }) vehicle?: string;
  @Field(() => String, { nullable: true }) comment?: string;
  @Field(() => String, {
    nullable: true,
    description: "Your own id of this report; only a digest of it is kept.",
  })
  externalId?: string;
}

@ObjectType({ description: "The answer to one report." })
export class OutcomeResult {
  @Field(() => ID) leadId: string;
  @Field(() => Boolean) accepted: boolean;
  @Field(() => String, { nullable: true, description: "Begins with NOT_FOUND, INVALID_INPUT or CONFLICT." })
  error: string | null;
}

@ObjectType({ description: "The last report of what became of a lead." })
export class Outcome {
  @Field(() => OutcomeStatus) status: string;
  @Field(() => DateTime) occurredAt: Date;
  @Field(() => Cents, { nullable: true }) saleCents: number | null;
  @Field(() => DateTime) reportedAt: Date;
}

import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";

export const SendingState = { WAITING: "WAITING", SENT: "SENT", FAILED: "FAILED" } as const;
registerEnumType(SendingState, {
  name: "SendingState",
  valuesConfig: {
    WAITING: { description: "It is tried for three days; `failure` says what came last." },
    SENT: { description: "The mail server has taken it." },
  },
});

@ObjectType({ description: "A document that goes to its supplier by mail." })
export class Sending {
  @Field(() => ID) id: string;
  @Field(() => String) to: string;
  @Field(() => SendingState) state: "WAITING" | "SENT" | "FAILED";
  @Field(() => String, { nullable: true, description: "Why the mail server did not take it, the last time." })
  failure: string | null;
  @Field(() => DateTime) askedAt: Date;
  @Field(() => DateTime, { nullable: true }) sentAt: Date | null;
}

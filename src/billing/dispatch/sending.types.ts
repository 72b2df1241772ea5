import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";

export const SendingState = { WAITING: "WAITING", SENT: "SENT", FAILED: "FAILED" } as const;
registerEnumType(SendingState, {
  name: "SendingState",
  valuesConfig: {
    WAITING: { description: "Not sent yet. Sending is retried for three days; `failure` is the last error." },
    SENT: { description: "The mail server has accepted it." },
  },
});

@ObjectType({ description: "A mail with which a document is sent." })
export class Sending {
  @Field(() => ID) id: string;
  @Field(() => String) to: string;
  @Field(() => SendingState) state: "WAITING" | "SENT" | "FAILED";
  @Field(() => String, { nullable: true, description: "Why the last attempt failed." })
  failure: string | null;
  @Field(() => DateTime) askedAt: Date;
  @Field(() => DateTime, { nullable: true }) sentAt: Date | null;
}

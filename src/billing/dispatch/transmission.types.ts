import { Field, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";

export const TransmissionState = { WAITING: "WAITING", SENT: "SENT", REFUSED: "REFUSED" } as const;
registerEnumType(TransmissionState, {
  name: "TransmissionState",
  valuesConfig: {
    WAITING: {
      description:
        "Not sent yet. Sending is retried until the platform accepts it; `failure` is the last error.",
    },
    REFUSED: { description: "The platform refuses the document as it is." },
  },
});

@ObjectType({ description: "A life-cycle status that a platform or the buyer set (AFNOR XP Z12-012)." })
export class TransmissionStatus {
  @Field(() => String, { description: "200 to 213, or 501." }) code: string;
  @Field(() => String, { description: "In the document's language." }) label: string;
  @Field(() => DateTime) at: Date;
  @Field(() => String, { nullable: true }) reasonCode: string | null;
  @Field(() => String, { nullable: true }) reason: string | null;
}

@ObjectType({ description: "State of a document at the e-invoicing platform." })
export class Transmission {
  @Field(() => TransmissionState) state: "WAITING" | "SENT" | "REFUSED";
  @Field(() => String, { nullable: true, description: "The platform's id of the flow." }) flowId:
    string | null;
  @Field(() => String, { nullable: true, description: "Why it was not accepted." }) failure: string | null;
  @Field(() => [TransmissionStatus], { description: "In the order in which they were set." })
  statuses: readonly TransmissionStatus[];
}

import { Field, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";

export const TransmissionStatus = { WAITING: "WAITING", SENT: "SENT", REFUSED: "REFUSED" } as const;
registerEnumType(TransmissionStatus, {
  name: "TransmissionStatus",
  description: "Where the transmission of a document to the e-invoicing platform stands.",
  valuesConfig: {
    WAITING: {
      description:
        "Not sent yet. Sending is retried until the platform accepts it; `failure` is the last error.",
    },
    SENT: { description: "The platform has received it. `statuses` says what became of it there." },
    REFUSED: { description: "The platform refuses the document as it is." },
  },
});

@ObjectType({ description: "A reason that a life-cycle message gives for its status." })
export class TransmissionReason {
  @Field(() => String, {
    nullable: true,
    description: "The code of the reason in the standard, such as TX_TVA_ERR; null if none was given.",
  })
  code: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The reason in the words of whoever set the status; null if none was given.",
  })
  text: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The code of what we are asked to do, such as NIN (send a new invoice); null if nothing was asked for.",
  })
  actionCode: string | null;
  @Field(() => String, {
    nullable: true,
    description: "What we are asked to do, in the words of whoever set the status; null if none were given.",
  })
  action: string | null;
}

@ObjectType({ description: "A life-cycle status that a platform or the buyer set (AFNOR XP Z12-012)." })
export class TransmissionEvent {
  @Field(() => String, {
    description: "The code of the standard: 200 to 213 or 501, and 300 or 301 for reports of sales.",
  })
  code: string;
  @Field(() => DateTime, { description: "When it was set, by the platform's clock." }) at: Date;
  @Field(() => String, {
    nullable: true,
    description: "The first code among `reasons`; null if none was given.",
  })
  reasonCode: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The first text among `reasons`; null if none was given.",
  })
  reason: string | null;
  @Field(() => [TransmissionReason], {
    description: "All reasons that the message gives, in its order; empty if none.",
  })
  reasons: readonly TransmissionReason[];
  /** The language of the document; not exposed by the API. */
  documentLanguage: "FR" | "EN";
}

@ObjectType({ description: "What became of a document at the e-invoicing platform." })
export class Transmission {
  @Field(() => TransmissionStatus, { description: "Where the transmission stands." })
  status: keyof typeof TransmissionStatus;
  @Field(() => Boolean, {
    description:
      "Whether finance has to act: the platform refused or rejected it, the buyer refused, disputed or suspended it, or five attempts to send it failed.",
  })
  needsAction: boolean;
  @Field(() => String, {
    nullable: true,
    description: "The platform's id of the flow; null until it is sent.",
  })
  flowId: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Why it was not accepted; null when no attempt failed.",
  })
  failure: string | null;
  @Field(() => [TransmissionEvent], {
    description: "The life-cycle statuses, in the order in which they were set; empty if none.",
  })
  statuses: readonly TransmissionEvent[];
}

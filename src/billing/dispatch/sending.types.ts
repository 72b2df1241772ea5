import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/graphql/scalars";
import type { SendingView } from "./sending-view";

export const DocumentSendingStatus = { WAITING: "WAITING", SENT: "SENT", FAILED: "FAILED" } as const;
registerEnumType(DocumentSendingStatus, {
  name: "DocumentSendingStatus",
  description: "Where the mail with a document stands.",
  valuesConfig: {
    WAITING: { description: "Not sent yet. Sending is retried for three days; `failure` is the last error." },
    SENT: { description: "The mail server has accepted it." },
    FAILED: { description: "Sending was given up after three days; `failure` is the last error." },
  },
});

@ObjectType({ description: "A mail with which a document is sent." })
export class DocumentSending {
  @Field(() => ID, { description: "The mail's id, a UUID." }) id: string;
  @Field(() => String, { description: "The e-mail address it goes to." }) to: string;
  @Field(() => DocumentSendingStatus, { description: "Where the mail stands." })
  status: keyof typeof DocumentSendingStatus;
  @Field(() => String, {
    nullable: true,
    description: "Why the last attempt failed, in English; null when none failed and once it is sent.",
  })
  failure: string | null;
  @Field(() => DateTime, { description: "When it was requested, or when the document was issued." })
  askedAt: Date;
  @Field(() => DateTime, {
    nullable: true,
    description: "When the mail server accepted it; null until then.",
  })
  sentAt: Date | null;
}

export const toSending = ({ state, ...view }: SendingView): DocumentSending => ({ ...view, status: state });

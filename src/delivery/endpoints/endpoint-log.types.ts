import { Field, ID, Int, ObjectType } from "type-graphql";
import type { FeedKind } from "../../account/feed";
import { connectionType } from "../../platform/graphql/connection";
import { Cursor, DateTime } from "../../platform/graphql/scalars";
import { FailureReason, FeedEventType } from "./endpoint-enums.types";
import type { FailureReason as Reason } from "./sender";

@ObjectType({
  description: "One attempt to send an event. The contents of the message and the answer are not stored.",
})
export class EndpointAttempt {
  @Field(() => ID, { description: "The attempt's id." }) id: string;
  @Field(() => DateTime, { description: "When it began." }) at: Date;
  @Field(() => FeedEventType, { nullable: true, description: "What was sent; null for a test." })
  event: FeedKind | null;
  @Field(() => Cursor, { nullable: true, description: "The event's position in your feed; null for a test." })
  cursor: string | null;
  @Field(() => Int, { description: "1 for the first attempt to send the event." }) number: number;
  @Field(() => Boolean, { description: "Whether the receiver accepted the message." }) delivered: boolean;
  @Field(() => Int, {
    nullable: true,
    description: "The HTTP or SMTP status of the answer; null if there was none.",
  })
  status: number | null;
  @Field(() => FailureReason, { nullable: true, description: "Why it failed; null if it was delivered." })
  reason: Reason | null;
  @Field(() => Int, { description: "How long it took, in milliseconds." }) durationMs: number;
}
export const EndpointAttemptConnection = connectionType(EndpointAttempt, "EndpointAttempt");

@ObjectType({
  description: "An event that was given up. It stays in your feed and can be sent again.",
})
export class DeadLetter {
  @Field(() => ID, { description: "The dead letter's id, for resendDeadLetter." }) id: string;
  @Field(() => FeedEventType, { description: "What could not be sent." }) event: FeedKind;
  @Field(() => Cursor, { description: "The event's position in your feed." }) cursor: string;
  @Field(() => DateTime, { description: "When the event was given up." }) at: Date;
  @Field(() => Int, { description: "How often it was tried." }) attempts: number;
  @Field(() => Int, {
    nullable: true,
    description: "The HTTP or SMTP status of the last answer; null if there was none.",
  })
  status: number | null;
  @Field(() => FailureReason, { description: "Why the last attempt failed." }) reason: Reason;
}
export const DeadLetterConnection = connectionType(DeadLetter, "DeadLetter");

const attemptDescription =
  "The attempt as it stands in the delivery log. Whether the message arrived is its `delivered`.";

@ObjectType({ description: "The test message that was sent." })
export class TestEndpointPayload {
  @Field(() => EndpointAttempt, { description: attemptDescription }) attempt: EndpointAttempt;
}

@ObjectType({ description: "The attempt to send a dead letter again." })
export class ResendDeadLetterPayload {
  @Field(() => EndpointAttempt, { description: attemptDescription }) attempt: EndpointAttempt;
}

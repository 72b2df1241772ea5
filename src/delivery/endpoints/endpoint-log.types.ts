import { Field, ID, Int, ObjectType } from "type-graphql";
import type { FeedKind } from "../../account/feed";
import { connectionType } from "../../platform/graphql/connection";
import { Cursor, DateTime } from "../../platform/graphql/scalars";
import { FailureReason, FeedEventType } from "./endpoint-enums.types";
import type { FailureReason as Reason, Sent } from "./sender";

@ObjectType({
  description: "One attempt to send an event. The contents of the message and the answer are not stored.",
})
export class EndpointAttempt {
  @Field(() => ID) id: string;
  @Field(() => DateTime) at: Date;
  @Field(() => FeedEventType, { nullable: true, description: "null for a test." }) event: FeedKind | null;
  @Field(() => Cursor, { nullable: true, description: "The event's position in your feed; null for a test." })
  cursor: string | null;
  @Field(() => Int, { description: "1 for the first attempt to send the event." }) number: number;
  @Field(() => Boolean) delivered: boolean;
  @Field(() => Int, { nullable: true, description: "Status of the answer, if there was one." })
  status: number | null;
  @Field(() => FailureReason, { nullable: true }) reason: Reason | null;
  @Field(() => Int) durationMs: number;
}
export const EndpointAttemptConnection = connectionType(EndpointAttempt, "EndpointAttempt");

@ObjectType({
  description: "An event that was given up. It stays in your feed and can be sent again.",
})
export class DeadLetter {
  @Field(() => ID) id: string;
  @Field(() => FeedEventType) event: FeedKind;
  @Field(() => Cursor, { description: "The event's position in your feed." }) cursor: string;
  @Field(() => DateTime, { description: "When the event was given up." }) at: Date;
  @Field(() => Int) attempts: number;
  @Field(() => Int, { nullable: true, description: "Status of the last answer, if there was one." })
  status: number | null;
  @Field(() => FailureReason) reason: Reason;
}
export const DeadLetterConnection = connectionType(DeadLetter, "DeadLetter");

@ObjectType({ description: "The result of an attempt that you requested." })
export class AttemptResult {
  @Field(() => Boolean) delivered: boolean;
  @Field(() => Int, { nullable: true, description: "Status of the answer, if there was one." })
  status: number | null;
  @Field(() => FailureReason, { nullable: true }) reason: Reason | null;
  @Field(() => Int) durationMs: number;
}

export const toAttemptResult = ({ sent, durationMs }: { sent: Sent; durationMs: number }): AttemptResult => ({
  delivered: sent.kind === "DELIVERED",
  status: sent.status,
  reason: sent.kind === "FAILED" ? sent.reason : null,
  durationMs,
});

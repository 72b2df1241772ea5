import { Field, ID, Int, ObjectType } from "type-graphql";
import type { FeedKind } from "../../account/feed";
import { connectionType } from "../../platform/graphql/connection";
import { Cursor, DateTime } from "../../platform/graphql/scalars";
import { FailureReason, FeedEventType } from "./endpoint-enums.types";
import type { FailureReason as Reason, Sent } from "./sender";

@ObjectType({ description: "One attempt to send. What was sent and what was answered is not kept." })
export class EndpointAttempt {
  @Field(() => ID) id: string;
  @Field(() => DateTime) at: Date;
  @Field(() => FeedEventType, { nullable: true, description: "null: a test." }) event: FeedKind | null;
  @Field(() => Cursor, { nullable: true, description: "The event's place in your feed; null: a test." })
  cursor: string | null;
  @Field(() => Int, { description: "1 for the first attempt at its event." }) number: number;
  @Field(() => Boolean) delivered: boolean;
  @Field(() => Int, { nullable: true, description: "Status of the answer, if there was one." })
  status: number | null;
  @Field(() => FailureReason, { nullable: true }) reason: Reason | null;
  @Field(() => Int) durationMs: number;
}
export const EndpointAttemptConnection = connectionType(EndpointAttempt, "EndpointAttempt");

@ObjectType({
  description: "An event that was given up. It keeps its place in your feed, and can be sent again.",
})
export class DeadLetter {
  @Field(() => ID) id: string;
  @Field(() => FeedEventType) event: FeedKind;
  @Field(() => Cursor, { description: "The event's place in your feed." }) cursor: string;
  @Field(() => DateTime, { description: "When it was given up." }) at: Date;
  @Field(() => Int) attempts: number;
  @Field(() => Int, { nullable: true, description: "Status of the last answer, if there was one." })
  status: number | null;
  @Field(() => FailureReason) reason: Reason;
}
export const DeadLetterConnection = connectionType(DeadLetter, "DeadLetter");

@ObjectType({ description: "What became of an attempt that you asked for." })
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

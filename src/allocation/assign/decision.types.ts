import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Explained } from "../matching";
import { DateTime, Json } from "../../platform/graphql/scalars";
import type { Replay, ReplayedDecision } from "./replay-result";

@ObjectType({ description: "What a decision said of one campaign, and why. It tells of the person." })
export class DecisionVerdict {
  @Field(() => ID) campaignId: string;
  @Field(() => ID) supplierId: string;
  @Field(() => Int, { nullable: true, description: "1 is best; null of those who could not have it." })
  rank: number | null;
  @Field(() => Int, { nullable: true, description: "Of those who took it." }) seat: number | null;
  @Field(() => String, {
    nullable: true,
    description: "The first reason against it. docs/allocation.md lists all.",
  })
  reason: string | null;
  @Field(() => String, { nullable: true, description: "Of a criterion: the field it asks for." })
  field: string | null;
  readonly explained: Explained;
}

@ObjectType({
  description: "A decision as it was made, and whether it comes out the same when it is made again.",
})
export class DecisionMade {
  @Field(() => Int) number: number;
  @Field(() => DateTime) at: Date;
  @Field(() => Boolean, { description: "The same input and rules give the same answer." })
  replaysTheSame: boolean;
  @Field(() => Json, {
    nullable: true,
    description:
      "null if what is stored cannot be read any more. What was decided from, and the verdict with its reason for every candidate. No answer, place or contact.",
  })
  record: unknown;
  @Field(() => String, {
    nullable: true,
    description:
      "The version of the market, the index of all campaigns, that agreed; null if it was behind the campaigns that were decided about. Campaigns have their own versions in the record.",
  })
  market: string | null;
  @Field(() => [DecisionVerdict], {
    description:
      "One for every campaign of the suppliers ticked, best first. Empty if the terms of one are gone.",
  })
  verdicts: DecisionVerdict[];
  @Field(() => [Json], { description: "Where the replay differs; empty when it does not." })
  differences: readonly unknown[];
}

@ObjectType({ description: "Every decision about one request." })
export class RequestDecisions {
  @Field(() => ID) reference: string;
  @Field(() => Boolean, { description: "After erasure the facts are gone, and nothing can be replayed." })
  erased: boolean;
  @Field(() => ID, {
    nullable: true,
    description: "The earlier request of the same person for the same need, whose seats this one shares.",
  })
  joinedTo: string | null;
  @Field(() => [DecisionMade]) decisions: DecisionMade[];
}

@ObjectType({ description: "A decision that comes out otherwise when it is made again." })
export class DifferingDecision {
  @Field(() => ID, { description: "Of the request it is about." }) reference: string;
  @Field(() => Int) number: number;
  @Field(() => [Json], { description: "Where it differs; `decision` says the rest." })
  differences: readonly unknown[];
}

@ObjectType({
  description: "The decisions of a span of time, made again; those of erased requests are gone with them.",
})
export class ReplayedSpan {
  @Field(() => Int, { description: "Came out the same." }) same: number;
  @Field(() => Int, { description: "Made by rules so old that today's do not decide as they did." })
  otherRules: number;
  @Field(() => [DifferingDecision], { description: "Came out otherwise. There should be none." })
  differing: readonly DifferingDecision[];
}

export const toRequestDecisions = (reference: string, replayed: Replay): RequestDecisions => ({
  reference,
  joinedTo: replayed.joinedTo,
  erased: replayed.erased,
  decisions: replayed.erased ? [] : replayed.decisions.map(toDecision),
});

const toDecision = ({ number, at, record, differences, explain }: ReplayedDecision): DecisionMade => ({
  ...{ number, at, record, differences },
  market: record && record.market > 0 ? String(record.market) : null,
  replaysTheSame: differences.length === 0,
  verdicts: explain().map(toVerdict),
});

const toVerdict = (explained: Explained): DecisionVerdict => {
  const { campaignId, supplierId, rank, seat, reason = null, field = null } = explained;
  return { campaignId, supplierId, rank, seat, reason, field, explained };
};

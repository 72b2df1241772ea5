import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Explained } from "../matching";
import { DateTime, Json } from "../../platform/graphql/scalars";
import type { Replay, ReplayedDecision } from "./replay-result";

@ObjectType({ description: "What a decision said about one campaign, and why. Reveals personal facts." })
export class DecisionVerdict {
  @Field(() => ID, { description: "The id of the campaign." }) campaignId: string;
  @Field(() => ID, { description: "The id of the supplier of the campaign." }) supplierId: string;
  @Field(() => Int, { nullable: true, description: "1 is best. null for campaigns that were not eligible." })
  rank: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "Which of the lead's seats it took, from 1. null for campaigns that did not take it.",
  })
  seat: number | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The first reason against it; null if it took the lead. All reasons are listed in docs/allocation.md.",
  })
  reason: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Only for CRITERION_NOT_MET: the id of the field of the criterion. null for all others.",
  })
  field: string | null;
  readonly explained: Explained;
}

@ObjectType({
  description: "A decision as it was made, and whether its replay gives the same outcome.",
})
export class DecisionMade {
  @Field(() => Int, { description: "Counts the decisions about the request, from 1." }) number: number;
  @Field(() => DateTime, { description: "When it was made." }) at: Date;
  @Field(() => Boolean, {
    description: "Whether the replay gives the same outcome. The same input and rules always do.",
  })
  replaysTheSame: boolean;
  @Field(() => Json, {
    nullable: true,
    description:
      "null if the stored record can no longer be read. Contains the input of the decision and a verdict with its reason for every candidate. No answer, place or contact.",
  })
  record: unknown;
  @Field(() => String, {
    nullable: true,
    description:
      "The version of the market (the index of all campaigns) that gave the same answer. null if the market had not caught up with the candidates. The campaigns' own versions are in the record.",
  })
  market: string | null;
  @Field(() => [DecisionVerdict], {
    description:
      "One for every campaign of the consented suppliers, best first. Empty if the terms of one no longer exist.",
  })
  verdicts: DecisionVerdict[];
  @Field(() => [Json], { description: "Where the replay differs. Empty if it does not." })
  differences: readonly unknown[];
}

@ObjectType({ description: "Every decision about one request." })
export class RequestDecisions {
  @Field(() => ID, { description: "Of the request." }) reference: string;
  @Field(() => Boolean, { description: "After erasure the facts are gone, and nothing can be replayed." })
  erased: boolean;
  @Field(() => ID, {
    nullable: true,
    description:
      "The reference of the earlier request of the same person for the same need, with which this one shares its seats; null if there is none.",
  })
  joinedTo: string | null;
  @Field(() => [DecisionMade], { description: "In the order in which they were made. Empty after erasure." })
  decisions: DecisionMade[];
}

@ObjectType({ description: "A decision whose replay has a different outcome." })
export class DifferingDecision {
  @Field(() => ID, { description: "The reference of the request that was decided." }) reference: string;
  @Field(() => Int, { description: "Which decision about the request it is, from 1." }) number: number;
  @Field(() => [Json], { description: "Where it differs. Query `decision` for the rest." })
  differences: readonly unknown[];
}

@ObjectType({
  description: "The decisions of a time span, replayed. Decisions about erased requests no longer exist.",
})
export class ReplayedSpan {
  @Field(() => Int, { description: "Decisions whose replay has the same outcome." }) same: number;
  @Field(() => Int, { description: "Decisions made by earlier rules, so that their replay may differ." })
  otherRules: number;
  @Field(() => [DifferingDecision], {
    description: "Decisions whose replay has a different outcome. There should be none.",
  })
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

import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateTime, Json } from "../platform/graphql/scalars";
import type { Replay } from "./replayed";

@ObjectType({
  description: "A decision as it was made, and whether it comes out the same when it is made again.",
})
export class DecisionMade {
  @Field(() => Int) number: number;
  @Field(() => DateTime) at: Date;
  @Field(() => Boolean, { description: "The same input and rules give the same answer." })
  replaysTheSame: boolean;
  @Field(() => Json, {
    description:
      "What was decided from, and the verdict with its reason for every candidate. No personal data.",
  })
  record: unknown;
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

export const toRequestDecisions = (reference: string, replayed: Replay): RequestDecisions => ({
  reference,
  joinedTo: replayed.joinedTo,
  erased: replayed.erased,
  decisions: replayed.erased
    ? []
    : replayed.decisions.map((one) => ({ ...one, replaysTheSame: one.differences.length === 0 })),
});

import { Field, ID, InputType, ObjectType } from "type-graphql";
import { ContactChannel } from "../../reference/catalogue/catalogue.types";
import type { ContactChannel as Channel } from "../../reference/catalogue";
import { AnswerInput } from "../../consumer/intake/preview.types";
import { DateTime } from "../../platform/graphql/scalars";
import type { Check, GoLive as Facts } from "./go-live";

@InputType({ description: "What the invented person asks for." })
export class SandboxMatchInput {
  @Field(() => ID) product: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "The campaign that takes it. Left out: your newest for the product, or one that is made for it. Its zones, criteria and caps are not asked.",
  })
  campaign?: string | null;
  @Field(() => [ContactChannel], { nullable: true, description: "PHONE and EMAIL if left out." })
  channels?: Channel[] | null;
  @Field(() => [AnswerInput], { nullable: true, description: "Other required questions get a plain answer." })
  answers?: AnswerInput[] | null;
}

@ObjectType({ description: "What the sandbox did. The event is in your feed." })
export class SandboxEvent {
  @Field(() => ID, { nullable: true }) leadId: string | null;
  @Field(() => ID, { nullable: true }) campaignId: string | null;
}

@ObjectType({ description: "One thing that your client has to show in the sandbox." })
export class GoLiveCheck {
  @Field(() => Boolean) passed: boolean;
  @Field(() => DateTime, { nullable: true }) passedAt: Date | null;
  @Field(() => String, { nullable: true, description: "What to do next; null once it has passed." })
  todo: string | null;
}

@ObjectType({ description: "Whether a live key may be made: docs/sandbox.md." })
export class GoLive {
  @Field(() => GoLiveCheck, { description: "A key of the sandbox acknowledged a match, or beyond one." })
  acknowledgedMatch: GoLiveCheck;
  @Field(() => GoLiveCheck, { description: "acknowledgeRevocation was called on a revoked lead." })
  acknowledgedRevocation: GoLiveCheck;
  @Field(() => GoLiveCheck, { description: "A match came twice, and the client kept one lead of it." })
  survivedDuplicate: GoLiveCheck;
  @Field(() => Boolean, { description: "All of them have passed." }) ready: boolean;
}

const toCheck = ({ passedAt, todo }: Check): GoLiveCheck => ({ passed: passedAt !== null, passedAt, todo });

export function toGoLive(facts: Facts): GoLive {
  const [match, revocation, duplicate] = [
    toCheck(facts.acknowledgedMatch),
    toCheck(facts.acknowledgedRevocation),
    toCheck(facts.survivedDuplicate),
  ];
  return {
    acknowledgedMatch: match,
    acknowledgedRevocation: revocation,
    survivedDuplicate: duplicate,
    ready: match.passed && revocation.passed && duplicate.passed,
  };
}

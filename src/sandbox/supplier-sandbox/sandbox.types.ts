import { Field, ID, InputType, ObjectType } from "type-graphql";
import { ContactChannel } from "../../reference/catalogue/catalogue.types";
import type { ContactChannel as Channel } from "../../reference/catalogue";
import { AnswerInput } from "../../consumer/intake/preview.types";
import { DateTime } from "../../platform/graphql/scalars";
import type { Check, GoLive as Facts } from "./go-live";

@InputType({ description: "What the invented person requests." })
export class SandboxMatchInput {
  @Field(() => ID) product: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "The campaign that receives the lead. Defaults to your newest one for the product, or to a new one. Its zones, criteria and caps are not checked.",
  })
  campaign?: string | null;
  @Field(() => [ContactChannel], { nullable: true, description: "Defaults to PHONE and EMAIL." })
  channels?: Channel[] | null;
  @Field(() => [AnswerInput], {
    nullable: true,
    description: "Other required questions get a simple answer.",
  })
  answers?: AnswerInput[] | null;
}

@ObjectType({ description: "What the sandbox did. The event is in your feed." })
export class SandboxEvent {
  @Field(() => ID, { nullable: true }) leadId: string | null;
  @Field(() => ID, { nullable: true }) campaignId: string | null;
}

@ObjectType({ description: "One check that your client must pass in the sandbox." })
export class GoLiveCheck {
  @Field(() => Boolean) passed: boolean;
  @Field(() => DateTime, { nullable: true }) passedAt: Date | null;
  @Field(() => String, { nullable: true, description: "What to do next; null once it has passed." })
  todo: string | null;
}

@ObjectType({ description: "Whether a live key may be created. See docs/sandbox.md." })
export class GoLive {
  @Field(() => GoLiveCheck, { description: "A sandbox key acknowledged a match or a later event." })
  acknowledgedMatch: GoLiveCheck;
  @Field(() => GoLiveCheck, { description: "acknowledgeRevocation was called on a revoked lead." })
  acknowledgedRevocation: GoLiveCheck;
  @Field(() => GoLiveCheck, { description: "A match was delivered twice, and the client stored one lead." })
  survivedDuplicate: GoLiveCheck;
  @Field(() => Boolean, { description: "Whether all checks have passed." }) ready: boolean;
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

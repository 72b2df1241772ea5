import { Field, ID, InputType, ObjectType } from "type-graphql";
import { AnswerInput } from "../../consumer/intake/preview.types";
import { Lead } from "../../delivery/deliveries/lead.types";
import { Campaign } from "../../offers/campaigns/campaign.types";
import { DateTime } from "../../platform/graphql/scalars";
import { ContactChannel } from "../../reference/catalogue/catalogue.types";
import type { ContactChannel as Channel } from "../../reference/catalogue";
import type { Words } from "../../shared/language";
import type { Check, GoLive as Facts } from "./go-live";

@InputType({ description: "What the invented person requests." })
export class SandboxMatchInput {
  @Field(() => ID, { description: "The product. `products` lists them." }) product: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "The campaign that receives the lead. Defaults to your newest one for the product, or to a new one. Its zones, criteria and caps are not checked.",
  })
  campaignId?: string | null;
  @Field(() => [ContactChannel], {
    nullable: true,
    description:
      "How you may contact the person. Defaults to PHONE and EMAIL; an empty list is INVALID_INPUT.",
  })
  channels?: Channel[] | null;
  @Field(() => [AnswerInput], {
    nullable: true,
    description: "Other required questions get a simple answer.",
  })
  answers?: AnswerInput[] | null;
}

const leadDescription = "The lead, as your feed shows it now; null once your right to it has ended.";

@ObjectType({ description: "A lead of an invented person. LeadMatched is in your feed." })
export class SandboxMatchPayload {
  @Field(() => ID, { description: "The new lead." }) leadId: string;
  @Field(() => Lead, { nullable: true, description: leadDescription }) lead: Lead | null;
  @Field(() => ID, { description: "The campaign that received it." }) campaignId: string;
  @Field(() => Campaign, { description: "The campaign that received it." }) campaign: Campaign;
}

@ObjectType({ description: "A lead whose consent was narrowed. LeadUpdated is in your feed." })
export class SandboxUpdatePayload {
  @Field(() => ID, { description: "The lead." }) leadId: string;
  @Field(() => Lead, { nullable: true, description: leadDescription }) lead: Lead | null;
}

@ObjectType({ description: "A lead to which your right has ended. LeadRevoked is in your feed." })
export class SandboxRevokePayload {
  @Field(() => ID, { description: "The lead. It can no longer be read." }) leadId: string;
}

@ObjectType({ description: "A campaign with a used-up cap. CapReached is in your feed." })
export class SandboxCapReachedPayload {
  @Field(() => ID, { description: "The campaign." }) campaignId: string;
  @Field(() => Campaign, { description: "The campaign. Its caps are as before." }) campaign: Campaign;
}

@ObjectType({ description: "A lead whose return was decided. ReturnDecided is in your feed." })
export class SandboxReturnDecidedPayload {
  @Field(() => ID, { description: "The lead." }) leadId: string;
  @Field(() => Lead, { nullable: true, description: leadDescription }) lead: Lead | null;
}

@ObjectType({ description: "A lead that is delivered a second time when you next read your feed." })
export class SandboxDuplicatePayload {
  @Field(() => ID, { description: "The lead." }) leadId: string;
  @Field(() => Lead, { nullable: true, description: leadDescription }) lead: Lead | null;
}

@ObjectType({ description: "One check that your client must pass in the sandbox." })
export class GoLiveCheck {
  /** For `todo`. */
  words: Words | null;
  @Field(() => Boolean, { description: "Whether it has passed. A passed check stays passed." })
  passed: boolean;
  @Field(() => DateTime, { nullable: true, description: "When it passed; null until then." })
  passedAt: Date | null;
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

const toCheck = ({ passedAt, todo: words }: Check): GoLiveCheck =>
  Object.assign(new GoLiveCheck(), { passed: passedAt !== null, passedAt, words });

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

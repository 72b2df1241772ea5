import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Campaign, Criterion, toCampaign } from "../../offers/campaigns/campaign.types";
import type * as campaigns from "../../offers/campaigns";
import { DateTime } from "../../platform/graphql/scalars";
import { missReasons, type Miss, type MissReason as Reason } from "./miss";
import type { MissSummary } from "./miss-summary";
import type { Period } from "./period";
import { sentenceOf } from "./sentences";

const fieldOfCriterion =
  "Only for CRITERION_NOT_MET: the id of the field of the criterion. null for all others.";
const shownCount = "Rounded down to a multiple of five; 0 also stands for fewer than five people.";

export const MissReason = Object.fromEntries(missReasons.map((reason) => [reason, reason])) as {
  [R in Reason]: R;
};
registerEnumType(MissReason, {
  name: "MissReason",
  description:
    "Why a campaign missed a lead: the reason from the decision, or else the first of its own terms that speaks against the lead.",
  valuesConfig: {
    CAMPAIGN_NOT_ACTIVE: { description: "Your campaign was paused or archived." },
    OUTSIDE_ZONES: { description: "No zone of your campaign contains the place." },
    IN_EXCLUDED_ZONE: { description: "A zone that your campaign excludes contains the place." },
    CRITERION_NOT_MET: { description: "The answers did not meet one of your criteria." },
    TOO_OLD: { description: "The request had waited longer than maxAgeHours." },
    OUTSIDE_SCHEDULE: { description: "Your campaign was closed and did not reopen in time." },
    CAMPAIGN_CHANGED: { description: "Your campaign was edited while the request was being allocated." },
    NOBODY_CONNECTED: {
      description: "Your campaign wants leads only while a member of yours is connected, and nobody was.",
    },
    CAP_REACHED: { description: "A cap of your campaign had no room." },
    BALANCE_TOO_LOW: { description: "Your balance, or the rest of your monthly limit, was too low." },
    CHOSE_OTHERS: {
      description:
        "Nothing in your terms speaks against the lead: the person chose others, or was not shown your name. This also stands for every reason that is not yours to know.",
    },
    OTHERS_WERE_FIRST: {
      description: "The person chose you, but the lead was no longer available on your terms.",
    },
    PLACE_NOT_PRECISE: {
      description:
        "Only a circle or polygon could contain the place, whose position is unknown. Leads without a decision are checked by their commune only.",
    },
  },
});

const oneLanguage = (language: string): string =>
  `Use text(language: ${language}), which takes every language. Withdrawn after 2028-01-31.`;

@ObjectType({ description: "A reason as one sentence." })
export class Explanation {
  @Field(() => String, { description: "In French.", deprecationReason: oneLanguage("FR") }) fr: string;
  @Field(() => String, { description: "In English.", deprecationReason: oneLanguage("EN") }) en: string;
}

@ObjectType({ description: "People whose leads a campaign missed for one reason." })
export class MissedReason {
  @Field(() => MissReason, { description: "Why the leads were missed." }) reason: Reason;
  @Field(() => ID, { nullable: true, description: fieldOfCriterion }) field: string | null;
  @Field(() => Explanation, { description: "The reason in words." }) explanation: Explanation;
  @Field(() => Int, { description: `Distinct people. ${shownCount}` }) people: number;
  @Field(() => [ID], {
    description:
      "A few of these people, to be passed to whyNot: at most three, drawn at random, the same ones all day. The ids reveal nothing, expire, and work only for you and this version of the campaign.",
  })
  samples: readonly string[];
}

@ObjectType({
  description:
    "People whose leads the campaign's supplier did not receive. Only leads submitted, confirmed and closed before `until` are counted: a lead that still waits is not missed yet. The same address or number is the same person.",
})
export class MissedLeads {
  @Field(() => Campaign, { description: "The campaign that missed them." }) campaign: Campaign;
  @Field(() => DateTime, {
    description: "A midnight UTC, not before this version of the campaign was made.",
  })
  from: Date;
  @Field(() => DateTime, { description: "Exclusive. The last midnight UTC, so it is the same all day." })
  until: Date;
  @Field(() => Int, {
    description:
      "1 if every lead was counted. Otherwise only one in this many was, and counts are scaled up before they are rounded.",
  })
  sampledOneIn: number;
  @Field(() => [MissedReason], {
    description:
      "Reasons shared by at least five people, the most frequent first. A person whose leads were missed for several reasons counts for each.",
  })
  reasons: MissedReason[];
  @Field(() => Int, { description: `People behind all other reasons together. ${shownCount}` })
  otherPeople: number;
}

@ObjectType({ description: "One of your own terms that spoke against the lead." })
export class Obstacle {
  @Field(() => MissReason, { description: "Which kind of term." }) reason: Reason;
  @Field(() => ID, { nullable: true, description: fieldOfCriterion }) field: string | null;
  @Field(() => Criterion, {
    nullable: true,
    description: "The criterion that was not met, never what was answered; null for all others.",
  })
  asked: campaigns.Criterion | null;
  @Field(() => Explanation, { description: "The term in words." }) explanation: Explanation;
}

@ObjectType({
  description: "Why one sample was missed. It shows what you ask for, and nothing about the person.",
})
export class WhyNot {
  @Field(() => Campaign, { description: "The campaign that missed the lead." }) campaign: Campaign;
  @Field(() => MissReason, { description: "Why the lead was missed." }) reason: Reason;
  @Field(() => ID, { nullable: true, description: fieldOfCriterion }) field: string | null;
  @Field(() => Explanation, { description: "The reason in words." }) explanation: Explanation;
  @Field(() => [Obstacle], {
    description: "Everything in your terms that spoke against the lead. Empty if it met them.",
  })
  obstacles: Obstacle[];
}

type Said = Pick<Miss, "reason" | "criterion">;

export function toMissedLeads(
  told: Period & MissSummary & { campaign: campaigns.CampaignView; sampledOneIn: number },
): MissedLeads {
  const { campaign, reasons, ...rest } = told;
  const { product } = campaign.terms;
  const shown = reasons.map(({ people, samples, ...said }) => ({
    ...toSaid(said, product),
    people,
    samples,
  }));
  return { ...rest, campaign: toCampaign(campaign), reasons: shown };
}

export function toWhyNot({
  campaign,
  obstacles,
  ...said
}: Miss & { campaign: campaigns.CampaignView }): WhyNot {
  const { product } = campaign.terms;
  return {
    campaign: toCampaign(campaign),
    ...toSaid(said, product),
    obstacles: obstacles.map((one) => ({ ...toSaid(one, product), asked: one.criterion })),
  };
}

function toSaid({ reason, criterion }: Said, product: string) {
  const { FR: fr, EN: en } = sentenceOf({ reason, criterion }, product);
  return { reason, field: criterion?.field ?? null, explanation: { fr, en } };
}

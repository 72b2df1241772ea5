import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Campaign, Criterion, toCampaign } from "../../offers/campaigns/campaign.types";
import type * as campaigns from "../../offers/campaigns";
import { DateTime } from "../../platform/graphql/scalars";
import { missReasons, type Miss, type MissReason as Reason } from "./miss";
import type { MissSummary } from "./miss-summary";
import type { Period } from "./period";
import { sentenceOf } from "./sentences";

const shownCount = "Rounded down to a multiple of five; 0 is also said of fewer than five people.";

export const MissReason = Object.fromEntries(missReasons.map((reason) => [reason, reason])) as {
  [R in Reason]: R;
};
registerEnumType(MissReason, {
  name: "MissReason",
  description:
    "Why a campaign missed a lead: what was decided of it, or else the first of its own terms that stands against the lead.",
  valuesConfig: {
    CHOSE_OTHERS: {
      description:
        "Nothing in your terms stands against it: the person chose others, or was not shown your name. Everything that is not yours to know is told so, too.",
    },
    OTHERS_WERE_FIRST: {
      description: "The person chose you, but the lead was no longer to be had on your terms.",
    },
    PLACE_NOT_PRECISE: {
      description:
        "Only a circle or a polygon could hold the place, whose position is not known. Where nothing was decided, a place is looked at as exactly as its commune.",
    },
  },
});

@ObjectType({ description: "A reason, as one sentence in French and one in English." })
export class Explanation {
  @Field(() => String) fr: string;
  @Field(() => String) en: string;
}

@ObjectType()
export class MissedReason {
  @Field(() => MissReason) reason: Reason;
  @Field(() => ID, { nullable: true, description: "Of CRITERION_NOT_MET: the criterion's." })
  field: string | null;
  @Field(() => Explanation) explanation: Explanation;
  @Field(() => Int, { description: `Distinct people. ${shownCount}` }) people: number;
  @Field(() => [ID], {
    description:
      "Of a few of them, for whyNot: at most three, drawn at random, the same ones all day. They expire, work for this version of the campaign and for you only, and say nothing by themselves.",
  })
  samples: readonly string[];
}

@ObjectType({
  description:
    "People whose leads the campaign's supplier did not receive. Only leads that were submitted, confirmed and closed before `until`: what still waits is not missed yet. The same address or number is the same person.",
})
export class MissedLeads {
  @Field(() => Campaign) campaign: Campaign;
  @Field(() => DateTime, {
    description: "A midnight UTC, at or after the moment when the campaign's version was made.",
  })
  from: Date;
  @Field(() => DateTime, { description: "Exclusive: the last midnight UTC, so the same all day." })
  until: Date;
  @Field(() => Int, {
    description:
      "1: every lead was looked at. Else one in so many was, and counts are scaled up before they are rounded.",
  })
  sampledOneIn: number;
  @Field(() => [MissedReason], {
    description:
      "Reasons that at least five people share, the most shared first. Whose leads were missed for several reasons counts in each.",
  })
  reasons: MissedReason[];
  @Field(() => Int, { description: `People behind all other reasons together. ${shownCount}` })
  otherPeople: number;
}

@ObjectType({ description: "One of your own terms that stood against the lead." })
export class Obstacle {
  @Field(() => MissReason) reason: Reason;
  @Field(() => ID, { nullable: true, description: "Of a criterion." }) field: string | null;
  @Field(() => Criterion, { nullable: true, description: "What you ask; never what was answered." })
  asked: campaigns.Criterion | null;
  @Field(() => Explanation) explanation: Explanation;
}

@ObjectType({ description: "Why one sample was missed. It says what you ask, and nothing of the person." })
export class WhyNot {
  @Field(() => Campaign) campaign: Campaign;
  @Field(() => MissReason) reason: Reason;
  @Field(() => ID, { nullable: true, description: "Of CRITERION_NOT_MET: the criterion's." })
  field: string | null;
  @Field(() => Explanation) explanation: Explanation;
  @Field(() => [Obstacle], {
    description: "All of your terms that stood against it; empty if they were met.",
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

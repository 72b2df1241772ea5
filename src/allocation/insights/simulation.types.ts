import { Field, ID, Int, ObjectType } from "type-graphql";
import { Campaign, toCampaign } from "../../offers/campaigns/campaign.types";
import type { CampaignTerms, CampaignView } from "../../offers/campaigns";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { ForecastResult } from "./forecast";
import type { Period } from "./period";

const shownCount =
  "Rounded down to a multiple of five; 0 is also said where fewer than five people are behind it.";

@ObjectType({ description: "What one criterion of the draft keeps out." })
export class CriterionCost {
  @Field(() => ID) field: string;
  @Field(() => Int, {
    description: `How many more leads would fit if this criterion alone were dropped. ${shownCount}`,
  })
  moreWouldFit: number;
}

@ObjectType({ description: "How far the draft asks for the same as a campaign that you have." })
export class CampaignOverlap {
  @Field(() => Campaign) campaign: Campaign;
  @Field(() => Int, { description: `Leads that fit the terms of both. ${shownCount}` }) leads: number;
}

@ObjectType({
  description: "Fitting leads that the draft would have lost, by what they last waited for. " + shownCount,
})
export class SimulationLosses {
  @Field(() => Int, { description: "The caps had no room until the lead's time was over." }) toCaps: number;
  @Field(() => Int, { description: "It was closed until the lead's time was over." }) toSchedule: number;
  @Field(() => Int, { description: "Older than maxAgeHours when it was confirmed." }) toAge: number;
  @Field(() => Int, {
    description:
      "The same person within duplicateWindowDays of a lead that the draft would have received. What you received before the period is not counted.",
  })
  toRepeats: number;
}

@ObjectType({
  description:
    "Past leads of the product, replayed against a draft by commune. Lead counts, each rounded down on its own, so they need not add up.",
})
export class Simulation {
  @Field(() => DateTime, { description: "A midnight UTC." }) from: Date;
  @Field(() => DateTime, { description: "Exclusive: the last midnight UTC, so the same all day." })
  until: Date;
  @Field(() => Int, {
    description:
      "1: every lead was looked at. Else one in so many was, always the same ones, each standing for so many; counts are scaled up before they are rounded.",
  })
  sampledOneIn: number;
  @Field(() => Int, { description: `Leads of the product that were looked at. ${shownCount}` })
  lookedAt: number;
  @Field(() => Int, { description: `Of these, those that zones and criteria let through. ${shownCount}` })
  fitTerms: number;
  @Field(() => Int, {
    description: `Of these, what schedule, caps, age limit and repeats would have left. An upper bound: each person still chooses, and others may be first. ${shownCount}`,
  })
  volume: number;
  @Field(() => Cents, { description: "Excluding VAT: volume × the draft's price." }) spendCents: number;
  @Field(() => SimulationLosses) lost: SimulationLosses;
  @Field(() => [CriterionCost], { description: "In the order of the draft." }) criteria: CriterionCost[];
  @Field(() => Int, {
    description: `How many more leads would fit if only the excluded zones were dropped. ${shownCount}`,
  })
  moreWithoutExcludedZones: number;
  @Field(() => [CampaignOverlap], {
    description:
      "Your other active and paused campaigns for the product, newest first, at most 20, without the one that the draft is instead of.",
  })
  overlaps: CampaignOverlap[];
}

export function toSimulation(
  view: Period &
    ForecastResult & { terms: CampaignTerms; sampledOneIn: number; others: readonly CampaignView[] },
): Simulation {
  const { from, until, sampledOneIn, lookedAt, fitTerms, volume, spendCents, lostTo } = view;
  return {
    ...{ from, until, sampledOneIn, lookedAt, fitTerms, volume, spendCents },
    lost: { toCaps: lostTo.CAPS, toSchedule: lostTo.SCHEDULE, toAge: lostTo.AGE, toRepeats: lostTo.REPEATS },
    criteria: view.terms.criteria.map(({ field }, index) => ({
      field,
      moreWouldFit: view.withoutCriterion[index] ?? 0,
    })),
    moreWithoutExcludedZones: view.withoutExcludedZones,
    overlaps: view.others.map((campaign, index) => ({
      campaign: toCampaign(campaign),
      leads: view.overlaps[index] ?? 0,
    })),
  };
}

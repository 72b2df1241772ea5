import { Field, ID, Int, ObjectType } from "type-graphql";
import { Campaign, toCampaign } from "../../offers/campaigns/campaign.types";
import type { CampaignTerms, CampaignView } from "../../offers/campaigns";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { ForecastResult } from "./forecast";
import type { Period } from "./period";

const shownCount = "Rounded down to a multiple of five; 0 also stands for fewer than five people.";

@ObjectType({ description: "What one criterion of the draft keeps out." })
export class CriterionCost {
  @Field(() => ID, { description: "The id of the field of the criterion." }) field: string;
  @Field(() => Int, {
    description: `How many more leads would fit if this criterion alone were dropped. ${shownCount}`,
  })
  moreWouldFit: number;
}

@ObjectType({ description: "How far the draft overlaps with one of your campaigns." })
export class CampaignOverlap {
  @Field(() => Campaign, { description: "One of your active or paused campaigns." }) campaign: Campaign;
  @Field(() => Int, { description: `Leads that fit the terms of both. ${shownCount}` }) leads: number;
}

@ObjectType({
  description: "Leads that fit but would have been lost, by what they last waited for. " + shownCount,
})
export class SimulationLosses {
  @Field(() => Int, { description: "Leads for which the caps had no room until the lead's time was over." })
  toCaps: number;
  @Field(() => Int, {
    description: "Leads for which the campaign was closed until the lead's time was over.",
  })
  toSchedule: number;
  @Field(() => Int, { description: "Leads that were older than maxAgeHours when they were confirmed." })
  toAge: number;
  @Field(() => Int, {
    description:
      "Leads of the same person within duplicateWindowDays of a lead that the draft would have received. Leads that you received before the period are not considered.",
  })
  toRepeats: number;
}

@ObjectType({
  description:
    "Past leads of the product, replayed against a draft by commune. Each count is rounded down on its own, so counts need not add up.",
})
export class Simulation {
  @Field(() => DateTime, { description: "A midnight UTC." }) from: Date;
  @Field(() => DateTime, { description: "Exclusive. The last midnight UTC, so it is the same all day." })
  until: Date;
  @Field(() => Int, {
    description:
      "1 if every lead was replayed. Otherwise only one in this many was, always the same ones, and counts are scaled up before they are rounded.",
  })
  sampledOneIn: number;
  @Field(() => Int, { description: `Leads of the product in the period. ${shownCount}` })
  lookedAt: number;
  @Field(() => Int, { description: `Of these, the leads that zones and criteria accept. ${shownCount}` })
  fitTerms: number;
  @Field(() => Int, {
    description: `Of these, the leads left after schedule, caps, maximum age and repeats. An upper bound: each person still chooses, and others may be first. ${shownCount}`,
  })
  volume: number;
  @Field(() => Cents, { description: "Excluding VAT: volume × the draft's price." }) spendCents: number;
  @Field(() => SimulationLosses, { description: "Of the leads that fit, those that would have been lost." })
  lost: SimulationLosses;
  @Field(() => [CriterionCost], { description: "In the order of the draft." }) criteria: CriterionCost[];
  @Field(() => Int, {
    description: `How many more leads would fit if the excluded zones alone were dropped. ${shownCount}`,
  })
  moreWithoutExcludedZones: number;
  @Field(() => [CampaignOverlap], {
    description:
      "Your other active and paused campaigns for the product, newest first, at most 20, without the one that the draft would replace.",
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

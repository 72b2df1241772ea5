import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { CampaignInput } from "../../offers/campaigns/campaign-input.types";
import { liveOnly, supplierScopeOf, type RequestContext, type SupplierScope } from "../../access/identity";
import type { InsightLimit } from "./insight-limit.service";
import { MissedLeads, toMissedLeads, toWhyNot, WhyNot } from "./insights.types";
import type { MissedLeadsService } from "./missed-leads.service";
import type { SimulationService } from "./simulation.service";
import { Simulation, toSimulation } from "./simulation.types";

const daysAsked = "How many days back, 1 to 90.";

@Resolver()
export class InsightsResolver {
  constructor(
    private readonly missed: MissedLeadsService,
    private readonly simulations: SimulationService,
    private readonly limit: InsightLimit,
  ) {}

  @Query(() => MissedLeads, {
    description:
      "How many people's leads one of your campaigns missed, and why, for its current version. Reveals nothing about a person or another supplier: docs/insights.md. NOT_FOUND if the campaign is not yours; RATE_LIMITED by the hour.",
  })
  async missedLeads(
    @Ctx() context: RequestContext,
    @Arg("campaignId", () => ID, { description: "Of one of your campaigns." }) campaignId: string,
    @Arg("days", () => Int, { defaultValue: 30, description: daysAsked }) days: number,
  ): Promise<MissedLeads> {
    const scope = await this.asker(context);
    return toMissedLeads(await this.missed.of(scope, campaignId, days));
  }

  @Query(() => WhyNot, {
    description:
      "Why one sample of missedLeads was missed: everything in your own terms that spoke against the lead. NOT_FOUND if the sample has expired or the campaign was edited; RATE_LIMITED by the hour.",
  })
  async whyNot(
    @Ctx() context: RequestContext,
    @Arg("sample", () => ID, { description: "One of the samples of missedLeads." }) sample: string,
  ): Promise<WhyNot> {
    const scope = await this.asker(context);
    return toWhyNot(await this.missed.whyNot(scope, sample));
  }

  @Query(() => Simulation, {
    description:
      "What a campaign would have brought at most if it had run during the past days. Nothing is stored. RATE_LIMITED by the hour.",
  })
  async simulate(
    @Ctx() context: RequestContext,
    @Arg("campaign", () => CampaignInput, {
      description:
        "The draft. It is checked like in createCampaign, or with `instead` like in updateCampaign.",
    })
    campaign: CampaignInput,
    @Arg("instead", () => ID, {
      nullable: true,
      description:
        "The id of one of your campaigns that the draft would replace. It is left out of the overlaps. If it is for the same product, what the draft does not name is taken from it.",
    })
    instead: string | null,
    @Arg("days", () => Int, { defaultValue: 30, description: daysAsked }) days: number,
  ): Promise<Simulation> {
    const scope = await this.asker(context);
    return toSimulation(await this.simulations.simulate(scope, { campaign, instead: instead ?? null, days }));
  }

  private async asker(context: RequestContext): Promise<SupplierScope> {
    liveOnly(context);
    const scope = supplierScopeOf(context);
    await this.limit.pass(scope.supplierId);
    return scope;
  }
}

import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { CampaignInput } from "../../offers/campaigns/campaign-input.types";
import { liveOnly, supplierScopeOf, type RequestContext, type SupplierScope } from "../../access/identity";
import type { InsightLimit } from "./insight-limit.service";
import { MissedLeads, toMissedLeads, toWhyNot, WhyNot } from "./insights.types";
import type { MissedLeads as MissedLeadsService } from "./missed-leads.service";
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
      "How many people's leads a campaign of yours missed, and why, for its current version. Nothing of a person and nothing of another supplier: docs/insights.md.",
  })
  async missedLeads(
    @Ctx() context: RequestContext,
    @Arg("campaignId", () => ID) campaignId: string,
    @Arg("days", () => Int, { defaultValue: 30, description: daysAsked }) days: number,
  ): Promise<MissedLeads> {
    const scope = await this.asker(context);
    return toMissedLeads(await this.missed.of(scope, campaignId, days));
  }

  @Query(() => WhyNot, {
    description: "Why one sample of missedLeads was missed: all of your own terms that stood against it.",
  })
  async whyNot(@Ctx() context: RequestContext, @Arg("sample", () => ID) sample: string): Promise<WhyNot> {
    const scope = await this.asker(context);
    return toWhyNot(await this.missed.whyNot(scope, sample));
  }

  @Query(() => Simulation, {
    description:
      "What a campaign would have brought, at most, had it stood in the past days. The draft is checked as createCampaign checks it, and nothing is kept.",
  })
  async simulate(
    @Ctx() context: RequestContext,
    @Arg("campaign", () => CampaignInput) campaign: CampaignInput,
    @Arg("instead", () => ID, {
      nullable: true,
      description: "A campaign of yours that it would replace: left out of the overlaps.",
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

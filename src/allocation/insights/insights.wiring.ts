/** Builds the insights that suppliers get about leads they did not receive. */
import type { CampaignBook, CampaignsService } from "../../offers/campaigns";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import type { DecisionBook } from "../assign";
import { ExplanationResolver } from "./explanation.resolver";
import { InsightLimit } from "./insight-limit.service";
import { InsightsResolver } from "./insights.resolver";
import { MissedLeadsService } from "./missed-leads.service";
import { PastLeads } from "./past-leads.service";
import { SampleTokens } from "./sample-token.service";
import { SimulationService } from "./simulation.service";

export interface InsightsDeps {
  readonly campaigns: CampaignBook;
  readonly campaignsService: CampaignsService;
  readonly insightsPerHour: number;
}

export function buildInsights(
  { transact, keys, clock }: Foundation,
  { campaigns, campaignsService, insightsPerHour }: InsightsDeps,
  decisions: DecisionBook,
): Module<Record<string, never>> {
  const past = new PastLeads(transact, decisions);
  const samples = new SampleTokens(keys.tokenKey);
  const missed = new MissedLeadsService({ transact, campaigns, campaignsService, past, samples, clock });
  const simulations = new SimulationService({ transact, campaigns, campaignsService, past, clock });
  return {
    services: {},
    resolvers: [
      new ExplanationResolver(),
      new InsightsResolver(missed, simulations, new InsightLimit(insightsPerHour)),
    ],
  };
}

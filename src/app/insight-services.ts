/** What suppliers are told of leads that they do not have. */
import type { DecisionBook } from "../allocation/assign";
import { InsightLimit } from "../allocation/insights/insight-limit.service";
import { MissedLeads, type MissedLeadsDeps } from "../allocation/insights/missed-leads.service";
import { PastLeads } from "../allocation/insights/past-leads.service";
import { SampleTokens } from "../allocation/insights/sample-token.service";
import { SimulationService } from "../allocation/insights/simulation.service";
import type { Foundation } from "./foundation";

type Given = Omit<MissedLeadsDeps, "past" | "samples" | "clock"> & { readonly decisions: DecisionBook };

export function insightServices({ keys, config, clock }: Foundation, given: Given) {
  const past = new PastLeads(given.transact, given.decisions);
  return {
    missed: new MissedLeads({ ...given, past, clock, samples: new SampleTokens(keys.tokenKey) }),
    simulations: new SimulationService({ ...given, past, clock }),
    limit: new InsightLimit(config.limits.insightsPerHour),
  };
}

/** What suppliers are told of leads that they do not have. */
import type { DecisionBook } from "../allocation";
import { InsightLimit } from "../insights/insight-limit.service";
import { MissedLeads, type MissedLeadsDeps } from "../insights/missed-leads.service";
import { PastLeads } from "../insights/past-leads.service";
import { SampleTokens } from "../insights/sample-token.service";
import { SimulationService } from "../insights/simulation.service";
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

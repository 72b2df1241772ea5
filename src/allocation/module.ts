/** Allocation: who receives a lead, and why not the others. */
import { CapStateResolver } from "./assign/cap-state.resolver";
import { CapWatchResolver } from "./assign/cap-watch.resolver";
import { DecisionResolver, DecisionVerdictResolver } from "./assign/decision.resolver";
import { ExplanationResolver } from "./insights/explanation.resolver";
import { InsightsResolver } from "./insights/insights.resolver";
import { buildAssign, type AssignDeps, type AssignServices } from "./assign/assign.wiring";
import { buildInsights, type InsightsDeps } from "./insights/insights.wiring";
import { buildMatching, type MatchingDeps, type MatchingServices } from "./matching/matching.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { allocationPermissions } from "./permissions";

export const allocationApi: ModuleApi = {
  resolvers: [
    CapStateResolver,
    CapWatchResolver,
    DecisionResolver,
    DecisionVerdictResolver,
    ExplanationResolver,
    InsightsResolver,
  ],
  permissions: allocationPermissions,
};

export interface AllocationServices {
  readonly matching: MatchingServices;
  readonly assign: AssignServices;
}

export type AllocationModule = Module<AllocationServices>;
export type AllocationDeps = MatchingDeps & AssignDeps & InsightsDeps;

export function buildAllocationModule(foundation: Foundation, deps: AllocationDeps): AllocationModule {
  const matching = buildMatching(foundation, deps);
  const assign = buildAssign(foundation, deps, matching.services);
  const insights = buildInsights(foundation, deps, assign.services.decisions);
  return {
    services: { matching: matching.services, assign: assign.services },
    ...partsOf([matching, assign, insights]),
  };
}

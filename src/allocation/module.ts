/** The allocation module. */
import { CapStateResolver } from "./assign/cap-state.resolver";
import { CapWatchResolver } from "./assign/cap-watch.resolver";
import { DecisionResolver, DecisionVerdictResolver } from "./assign/decision.resolver";
import { InsightsResolver } from "./insights/insights.resolver";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const allocationApi: ModuleApi = {
  resolvers: [
    CapStateResolver,
    CapWatchResolver,
    DecisionResolver,
    DecisionVerdictResolver,
    InsightsResolver,
  ],
  permissions,
};

export type { MissedLeadsService } from "./missed-leads.service";
export type { SimulationService } from "./simulation.service";

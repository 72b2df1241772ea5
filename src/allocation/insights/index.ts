export type { MissedLeads } from "./missed-leads.service";
export type { SimulationService } from "./simulation.service";

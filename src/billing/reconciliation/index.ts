export type { ReconciliationService } from "./reconciliation.service";

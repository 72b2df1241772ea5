export type { BankImport } from "./bank-import.service";
export type { ReconciliationService } from "./reconciliation.service";

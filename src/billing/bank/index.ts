export type { BankStatements } from "./bank-statements.service";
export type { HandRecords } from "./hand-records.service";

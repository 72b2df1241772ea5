export type * from "./acts";
export type { ConsentRecord, RecordedAct } from "./consent-record.service";
export type { ReceiptSigner, ReceiptStatement } from "./receipt.service";
export { purposesOf, consentScopeOf } from "./acts";
export { checkGrants, checkWithdrawal } from "./grants";

export type * from "./account";
export type * from "./journal";
export type * from "./postings";
export type * from "./statement";
export type * from "./vat-regimes";
export type { AccountReader } from "./account-reader.service";
export type { AccountPosting, AccountsService, HeldAccounts } from "./accounts.service";
export type { BalanceAlerts } from "./balance-alerts.service";
export type { BillingService } from "./billing.service";
export type { TermsUpdate } from "./billing-terms";
export { checkCreditLimit, checkMode } from "./billing-terms";
export type { EntriesService } from "./entries.service";
export type { MonthLocks } from "./month-locks.service";
export type { OpeningsService } from "./openings.service";
export type { SpendLimits } from "./spend-limits.service";
export type { Suspensions } from "./suspensions.service";
export type * from "./entries-of";
export type * from "./entry-parts";
export * as entriesOf from "./entries-of";
export { accrualEntry, doubtfulEntry, reversed } from "./accruals";
export { availableCents } from "./account";
export type { AccountCode } from "./chart";
export { chart } from "./chart";
export { keptBeforeEntry, keptRoundingEntry } from "./kept-entries";
export { letteringCode } from "./lettering-code";
export { lateFeesEntry } from "./late-fees-entry";
export { payoutEntry } from "./payout-entry";
export { journals } from "./journal";
export {
  chargeOf,
  creditOf,
  lostPaymentOf,
  maxTransferCents,
  paymentOf,
  refundOf,
  lateFeesOf,
  writeOffOf,
} from "./postings";
export { netOf, vatOn, vatRatesBasisPoints } from "./vat";
export {
  declaredTreatments,
  electronicRouteOf,
  isOutsideVat,
  territories,
  territoryOf,
  treatmentsOn,
  vatConsequences,
  vatTreatmentOf,
  vatTreatments,
} from "./vat-regimes";

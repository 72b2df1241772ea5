/** Builds the services of the ledger: accounts, postings and journal entries. */
import type { Clock } from "../../platform/clock";
import { AccountReader } from "./account-reader.service";
import { AccountsService } from "./accounts.service";
import { BalanceAlerts } from "./balance-alerts.service";
import { BillingService } from "./billing.service";
import { EntriesService } from "./entries.service";
import { MonthLocks } from "./month-locks.service";
import { OpeningsService } from "./openings.service";
import { SpendLimits } from "./spend-limits.service";
import { Suspensions } from "./suspensions.service";

export interface LedgerServices {
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly reader: AccountReader;
  readonly billing: BillingService;
  readonly entries: EntriesService;
  readonly months: MonthLocks;
  readonly spendLimits: SpendLimits;
  readonly balanceAlerts: BalanceAlerts;
  readonly suspensions: Suspensions;
}

export function buildLedger(clock: Clock): LedgerServices {
  const accounts = new AccountsService(clock);
  const openings = new OpeningsService();
  const months = new MonthLocks(clock);
  return {
    accounts,
    openings,
    reader: new AccountReader(clock),
    billing: new BillingService(accounts, openings, clock),
    entries: new EntriesService(clock, months),
    months,
    spendLimits: new SpendLimits(openings, clock),
    balanceAlerts: new BalanceAlerts(),
    suspensions: new Suspensions(openings),
  };
}

/** The subledger: what each supplier may spend. */
import type { Clock } from "../../platform/clock";
import { AccountReader } from "./account-reader.service";
import { AccountsService } from "./accounts.service";
import { BillingService } from "./billing.service";
import { EntriesService } from "./entries.service";
import { OpeningsService } from "./openings.service";

export interface LedgerServices {
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly reader: AccountReader;
  readonly billing: BillingService;
  readonly entries: EntriesService;
}

export function buildLedger(clock: Clock): LedgerServices {
  const accounts = new AccountsService(clock);
  const openings = new OpeningsService();
  return {
    accounts,
    openings,
    reader: new AccountReader(clock),
    billing: new BillingService(accounts, openings, clock),
    entries: new EntriesService(clock),
  };
}

/** Changes how a supplier is billed, on behalf of finance: its mode, its credit limit and its billing profile. */
import { scopeOf, type AuditService, type JsonValue, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { checkVersion, type Sent } from "../../shared/updates";
import {
  vatTreatmentOf,
  type AccountReader,
  type AccountsService,
  type AccountView,
  type BillingService,
  type TermsUpdate,
} from "../ledger";
import type { StoredProfile } from "./billing-profile";
import { updatedProfile, type ProfileUpdate } from "./check-profile";
import type { ProfilesService } from "./profiles.service";
import type { SupplierBook } from "./supplier-book.service";

export interface SupplierBillingDeps {
  readonly transact: Transact;
  readonly book: SupplierBook;
  readonly accounts: AccountsService;
  readonly reader: AccountReader;
  readonly billing: BillingService;
  readonly profiles: ProfilesService;
  readonly audit: AuditService;
  readonly clock: Clock;
  /** Called after the commit, because waiting leads may now be allocated. */
  readonly opened: () => void;
}

export interface ProfileChange {
  readonly supplierId: string;
  readonly update: ProfileUpdate;
  readonly ifVersion: Sent<number>;
}

interface Act {
  readonly supplierId: string;
  readonly action: string;
  readonly detail: { readonly [fact: string]: JsonValue };
}

export class SupplierBilling {
  constructor(private readonly deps: SupplierBillingDeps) {}

  async setTerms(by: Principal, supplierId: string, update: TermsUpdate): Promise<AccountView> {
    const { transact, book, billing, reader, opened } = this.deps;
    const account = await transact(scopeOf(by), async (tx) => {
      await book.one(tx, supplierId);
      const { mode, creditLimitCents } = await billing.setTerms(tx, supplierId, update);
      const detail = { mode, creditLimitCents };
      await this.record(tx, by, { supplierId, action: "BILLING_SET", detail });
      return reader.account(tx, supplierId);
    });
    opened();
    return account;
  }

  /** The version is compared, and the profile is changed, under the lock of the supplier's account. */
  async updateProfile(by: Principal, change: ProfileChange): Promise<StoredProfile> {
    const { transact, book, accounts, billing, profiles, clock } = this.deps;
    const { supplierId, update, ifVersion } = change;
    return transact(scopeOf(by), async (tx) => {
      const supplier = await book.one(tx, supplierId);
      return accounts.withAccount(tx, supplierId, async () => {
        const current = await profiles.stored(tx, supplierId);
        checkVersion(current?.version ?? 0, ifVersion);
        const profile = updatedProfile({ current, supplier }, update);
        const { country } = profile;
        const { departement } = supplier;
        await billing.setVatTreatment(tx, supplierId, vatTreatmentOf({ country, departement }));
        await profiles.save(tx, supplierId, { ...profile, at: clock.now() });
        await this.record(tx, by, { supplierId, action: "BILLING_PROFILE_SET", detail: { country } });
        return { ...profile, version: (current?.version ?? 0) + 1 };
      });
    });
  }

  private record(
    tx: Parameters<AuditService["record"]>[0],
    by: Principal,
    { supplierId, ...act }: Act,
  ): Promise<void> {
    return this.deps.audit.record(tx, {
      ...{ ...act, actor: by.consumer, subject: `supplier:${supplierId}`, supplierId },
    });
  }
}

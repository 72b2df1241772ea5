/** Opens supplier accounts and sets their billing terms. Authorisation is the caller's responsibility. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { AccountsService } from "./accounts.service";
import {
  checkBillingChange,
  checkBillingTerms,
  checkVatChange,
  updatedTerms,
  type BillingTerms,
  type TermsUpdate,
} from "./billing-terms";
import type { OpeningsService } from "./openings.service";
import { SupplierAccountEntity } from "./supplier-account.entity";
import type { VatTreatment } from "./vat-regimes";

export class BillingService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly openings: OpeningsService,
    private readonly clock: Clock,
  ) {}

  async open(
    tx: EntityManager,
    supplierId: string,
    { vatTreatment, ...terms }: BillingTerms & { readonly vatTreatment: VatTreatment },
  ): Promise<void> {
    await tx.insert(SupplierAccountEntity, {
      supplierId,
      ...checkBillingTerms(terms),
      vatTreatment,
      balanceCents: 0,
      lastPosting: 0,
      lastPosition: 0,
      openedAt: this.clock.now(),
    });
  }

  /** Opens the account of a sandbox, to which nothing is ever charged. */
  async openSandbox(tx: EntityManager, supplierId: string): Promise<void> {
    await tx.insert(SupplierAccountEntity, {
      ...{ supplierId, mode: "SANDBOX", balanceCents: 0, creditLimitCents: 0 },
      ...{ lastPosting: 0, lastPosition: 0, openedAt: this.clock.now() },
    });
  }

  /** Returns the terms now in force. Throws CONFLICT when the mode changes while the balance is not 0. */
  async setTerms(tx: EntityManager, supplierId: string, update: TermsUpdate): Promise<BillingTerms> {
    return this.accounts.withAccount(tx, supplierId, async (account) => {
      const terms = updatedTerms(account, update);
      checkBillingChange(account, terms);
      await tx.update(SupplierAccountEntity, { supplierId }, { ...terms });
      await this.openings.mark(tx, supplierId);
      return terms;
    });
  }

  /**
   * Sets the VAT treatment of future charges; existing charges keep theirs. Allowed only while the balance is
   * 0.
   */
  async setVatTreatment(tx: EntityManager, supplierId: string, vatTreatment: VatTreatment): Promise<void> {
    await this.accounts.withAccount(tx, supplierId, async (account) => {
      checkVatChange(account, vatTreatment);
      await tx.update(SupplierAccountEntity, { supplierId }, { vatTreatment });
    });
  }
}

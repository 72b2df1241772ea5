/** What finance does to a supplier's account: record what was paid, and set how it is billed. */
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../identity";
import { vatRateBasisPointsOf, type AccountReader, type AccountView } from "../ledger";
import type { BankTransfersService, BillingMode, BillingService } from "../ledger";
import type { Transact } from "../platform/database";
import type { SupplierBook } from "./supplier-book.service";

export interface TransferInput {
  readonly supplierId: string;
  readonly amountInclVatCents: number;
  /** "YYYY-MM-DD" */
  readonly receivedOn: string;
  readonly bankReference: string;
}

export interface BillingInput {
  readonly supplierId: string;
  readonly mode?: BillingMode | null;
  readonly creditLimitCents?: number | null;
}

export interface FinanceDeps {
  readonly transact: Transact;
  readonly book: SupplierBook;
  readonly accounts: AccountReader;
  readonly transfers: BankTransfersService;
  readonly billing: BillingService;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  /** Called after commit: waiting leads may now be taken. A hint only, the mark is in the transaction. */
  readonly opened: () => void;
}

export class FinanceService {
  constructor(private readonly deps: FinanceDeps) {}

  async recordTransfer(
    by: Principal,
    input: TransferInput,
    idempotencyKey: string | null,
  ): Promise<{ transferId: string; account: AccountView }> {
    const { book, accounts, transfers, idempotency, audit } = this.deps;
    const { supplierId, amountInclVatCents } = input;
    const once = { operation: "recordBankTransfer", key: idempotencyKey, supplierId: null, input };
    const recorded = await this.deps.transact(scopeOf(by), async (tx) => {
      const { departement } = await book.one(tx, supplierId);
      const vatRateBasisPoints = vatRateBasisPointsOf(departement);
      const transferId = await idempotency.once(tx, { ...once, principal: by.consumer }, async () => {
        const id = await transfers.record(tx, { ...input, vatRateBasisPoints, recordedBy: by.consumer });
        await audit.record(tx, {
          actor: by.consumer,
          action: "BANK_TRANSFER_RECORDED",
          subject: `bank-transfer:${id}`,
          supplierId,
          detail: { amountInclVatCents, vatRateBasisPoints },
        });
        return id;
      });
      return { transferId, account: await accounts.account(tx, supplierId) };
    });
    this.deps.opened();
    return recorded;
  }

  async setBilling(
    by: Principal,
    { supplierId, mode, creditLimitCents }: BillingInput,
  ): Promise<AccountView> {
    const { book, accounts, billing, audit } = this.deps;
    const change = { mode: mode ?? undefined, creditLimitCents: creditLimitCents ?? undefined };
    const account = await this.deps.transact(scopeOf(by), async (tx) => {
      await book.one(tx, supplierId);
      const terms = await billing.setTerms(tx, supplierId, change);
      await audit.record(tx, {
        actor: by.consumer,
        action: "BILLING_SET",
        subject: `supplier:${supplierId}`,
        supplierId,
        detail: { ...terms },
      });
      return accounts.account(tx, supplierId);
    });
    this.deps.opened();
    return account;
  }
}

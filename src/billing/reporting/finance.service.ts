/**
 * Operations of finance, each in one transaction with its audit record and once per idempotency key. Their
 * effect on the books is decided by the ledger and by invoicing, not here.
 */
import { scopeOf, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import {
  checkBalanceRefund,
  checkIsOver,
  type AdjustmentsService,
  type BalanceRefund,
  type IssuingService,
  type LateFees,
} from "../documents";
import type { AccountReader, AccountView } from "../../account/ledger";
import type { Transact } from "../../platform/database";
import { spanOfMonth } from "../../shared/accounting-month";
import type { HandRecords } from "../bank";
import { checkReason, type ActsService } from "./acts.service";

export interface TransferInput {
  readonly supplierId: string;
  readonly amountInclVatCents: number;
  /** "YYYY-MM-DD" */
  readonly receivedOn: string;
  readonly bankReference: string;
  readonly documentId?: string | null;
  /** Whether it is recorded although a bank line may be the same money. */
  readonly isAnother?: boolean | null;
}

export interface FinanceDeps {
  readonly transact: Transact;
  readonly accounts: AccountReader;
  readonly handRecords: HandRecords;
  readonly issuing: IssuingService;
  readonly adjustments: AdjustmentsService;
  readonly lateFees: LateFees;
  readonly acts: ActsService;
  readonly clock: Clock;
}

export class FinanceService {
  constructor(private readonly deps: FinanceDeps) {}

  async recordTransfer(
    by: Principal,
    input: TransferInput,
    key: string | null,
  ): Promise<{ transferId: string; account: AccountView }> {
    const { supplierId, amountInclVatCents, isAnother } = input;
    const about = { supplierId, action: "BANK_TRANSFER_RECORDED", detail: { amountInclVatCents } };
    const transferId = await this.deps.acts.once(
      by,
      { operation: "recordBankTransfer", key, input, ...about },
      (tx) =>
        this.deps.handRecords.recordTransfer(tx, by.consumer, { ...input, isAnother: isAnother ?? false }),
    );
    return { transferId, account: await this.accountOf(by, supplierId) };
  }

  /** Takes back a transfer that was recorded by hand by mistake. */
  async reverseTransfer(
    by: Principal,
    { id, reason }: { readonly id: string; readonly reason: string },
    key: string,
  ): Promise<AccountView> {
    const input = { id, reason: checkReason(reason) };
    const about = { supplierId: null, action: "BANK_TRANSFER_REVERSED", detail: input };
    const supplierId = await this.deps.acts.once(
      by,
      { operation: "reverseBankTransfer", key, input, ...about },
      (tx) => this.deps.handRecords.reverseTransfer(tx, by.consumer, id),
    );
    return this.accountOf(by, supplierId);
  }

  /**
   * Issues documents for everything not billed yet, up to now or to the end of a month. Returns the ids of
   * the new documents.
   */
  async issue(
    by: Principal,
    { supplierId, month }: { supplierId: string; month: string | null },
    key: string | null,
  ): Promise<readonly string[]> {
    const now = this.deps.clock.now();
    // Includes charges of the current millisecond.
    const before =
      month === null
        ? new Date(now.getTime() + 1)
        : spanOfMonth(checkIsOver(month, now, "Leave it out to invoice up to now.")).end;
    const about = { supplierId, action: "DOCUMENTS_ISSUED", detail: { month } };
    return this.deps.acts.once(
      by,
      { operation: "issueInvoice", key, input: { supplierId, month }, ...about },
      (tx) => this.deps.issuing.issue(tx, { supplierId, before, issuedBy: by.consumer }),
    );
  }

  async refund(
    by: Principal,
    wanted: BalanceRefund,
    key: string | null,
  ): Promise<{ documents: readonly string[]; account: AccountView }> {
    const input = checkBalanceRefund(wanted);
    const { supplierId, netCents, bankReference } = input;
    const about = { supplierId, action: "BALANCE_REFUNDED", detail: { netCents, bankReference } };
    const documents = await this.deps.acts.once(
      by,
      { operation: "refundBalance", key, input, ...about },
      async (tx) => {
        const how = { paymentKind: "BANK_TRANSFER" as const, decidedBy: by.consumer };
        const refund = () => this.deps.adjustments.refund(tx, { ...input, ...how });
        const record = { bankReference: input.bankReference, refund };
        const back = await this.deps.handRecords.recordRefund(tx, by.consumer, record);
        return back.map(({ documentId }) => documentId);
      },
    );
    return { documents, account: await this.accountOf(by, supplierId) };
  }

  async writeOff(
    by: Principal,
    { supplierId, documentId, reason }: { supplierId: string; documentId: string; reason: string },
    key: string | null,
  ): Promise<AccountView> {
    const input = { documentId, reason: checkReason(reason) };
    const about = { supplierId, action: "INVOICE_WRITTEN_OFF", detail: input };
    await this.deps.acts.once(by, { operation: "writeOffInvoice", key, input, ...about }, async (tx) => {
      await this.deps.adjustments.writeOff(tx, { supplierId, documentId });
      return null;
    });
    return this.accountOf(by, supplierId);
  }

  async chargeLateFees(
    by: Principal,
    { supplierId, documentId }: { supplierId: string; documentId: string },
    key: string | null,
  ): Promise<string> {
    const about = { supplierId, action: "LATE_FEES_CHARGED", detail: { documentId } };
    const act = { operation: "chargeLateFees", key, input: { documentId }, ...about };
    return this.deps.acts.once(by, act, (tx) =>
      this.deps.lateFees.charge(tx, { supplierId, documentId, issuedBy: by.consumer }),
    );
  }

  private accountOf(by: Principal, supplierId: string): Promise<AccountView> {
    return this.deps.transact(scopeOf(by), (tx) => this.deps.accounts.account(tx, supplierId));
  }
}

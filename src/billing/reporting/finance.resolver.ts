import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { DocumentBook } from "../documents";
import { BillingDocument, toDocument } from "../documents/document.types";
import { Account, toAccount } from "../../account/ledger/account.types";
import { IdempotencyKey, OptionalIdempotencyKey } from "../../platform/graphql/arguments";
import { Month } from "../../platform/graphql/dates";
import type { Transact } from "../../platform/database";
import type { FinanceService } from "./finance.service";
import {
  BankTransferInput,
  BankTransferRecorded,
  IssueInvoicePayload,
  RefundBalanceInput,
  RefundBalancePayload,
} from "./finance.types";

@Resolver()
export class FinanceResolver {
  constructor(
    private readonly finance: FinanceService,
    private readonly transact: Transact,
    private readonly documents: DocumentBook,
  ) {}

  @Mutation(() => BankTransferRecorded, {
    description:
      "Records a bank transfer. It settles open invoices, oldest first; the remainder becomes a deposit. The balance increases by the amount less VAT.",
  })
  async recordBankTransfer(
    @Ctx() context: RequestContext,
    @Arg("input", () => BankTransferInput, { description: "The transfer." }) input: BankTransferInput,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<BankTransferRecorded> {
    const { transferId, account } = await this.finance.recordTransfer(principalOf(context), input, key);
    return { transferId, account: toAccount(account) };
  }

  @Mutation(() => Account, {
    description:
      "Takes back a transfer that was recorded by hand by mistake: what it had settled is open again. CONFLICT if a line of a bank statement shows it (ALREADY_MATCHED: use `undoBankLine`), if it was taken back before (ALREADY_REVERSED), or if part of it was refunded (ALREADY_REFUNDED).",
  })
  async reverseBankTransfer(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the transfer, from `recordBankTransfer`." }) id: string,
    @Arg("reason", () => String, { description: "1 to 500 characters, kept in the audit log." })
    reason: string,
    @IdempotencyKey() key: string,
  ): Promise<Account> {
    return toAccount(await this.finance.reverseTransfer(principalOf(context), { id, reason }, key));
  }

  @Mutation(() => IssueInvoicePayload, {
    description:
      "Issues the invoices and credit notes for everything of a supplier that is not on a document yet. INVALID_INPUT while the month is not over.",
  })
  async issueInvoice(
    @Ctx() context: RequestContext,
    @Arg("supplierId", () => ID, { description: "Id of the supplier to invoice." }) supplierId: string,
    @Arg("month", () => Month, {
      nullable: true,
      description: "Bills until the end of this month, in Paris time. Without it: until now.",
    })
    month: string | null,
    @IdempotencyKey() key: string,
  ): Promise<IssueInvoicePayload> {
    const ids = await this.finance.issue(principalOf(context), { supplierId, month: month ?? null }, key);
    return { documents: await this.shown(context, ids) };
  }

  @Mutation(() => RefundBalancePayload, {
    description:
      "Refunds unspent money by bank transfer, with a credit note. CONFLICT when more is asked for than is unspent (MORE_THAN_UNSPENT).",
  })
  async refundBalance(
    @Ctx() context: RequestContext,
    @Arg("input", () => RefundBalanceInput, { description: "What is refunded, and how." })
    { supplierId, netCents, bankReference }: RefundBalanceInput,
    @IdempotencyKey() key: string,
  ): Promise<RefundBalancePayload> {
    const wanted = { supplierId, netCents: netCents ?? null, bankReference };
    const { documents, account } = await this.finance.refund(principalOf(context), wanted, key);
    return { documents: await this.shown(context, documents), account: toAccount(account) };
  }

  @Mutation(() => Account, {
    description:
      "Writes off the outstanding amount of an invoice that will not be paid. NOT_FOUND when nothing is open on it.",
  })
  async writeOffInvoice(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the invoice." }) id: string,
    @Arg("reason", () => String, { description: "1 to 500 characters, kept in the audit log." })
    reason: string,
    @IdempotencyKey() key: string,
  ): Promise<Account> {
    const by = principalOf(context);
    const { supplierId } = await this.transact(scopeOf(by), (tx) => this.documents.one(tx, id));
    return toAccount(await this.finance.writeOff(by, { supplierId, documentId: id, reason }, key));
  }

  @Mutation(() => BillingDocument, {
    description:
      "Invoices the late fees of an invoice: €40 and interest until it was paid or until today, without VAT. Once per invoice: CONFLICT when they were charged before (ALREADY_CHARGED) or it was never late (NOT_LATE).",
  })
  async chargeLateFees(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the late invoice." }) id: string,
    @IdempotencyKey() key: string,
  ): Promise<BillingDocument> {
    const by = principalOf(context);
    const { supplierId } = await this.transact(scopeOf(by), (tx) => this.documents.one(tx, id));
    const fees = await this.finance.chargeLateFees(by, { supplierId, documentId: id }, key);
    return toDocument(await this.transact(scopeOf(by), (tx) => this.documents.one(tx, fees)));
  }

  private shown(context: RequestContext, ids: readonly string[]): Promise<BillingDocument[]> {
    return this.transact(scopeOf(principalOf(context)), async (tx) => {
      const views = [];
      for (const id of ids) views.push(toDocument(await this.documents.one(tx, id)));
      return views;
    });
  }
}

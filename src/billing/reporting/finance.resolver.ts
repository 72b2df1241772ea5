import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { principalOf, scopeOf, type RequestContext } from "../../access/identity";
import type { DocumentBook } from "../documents";
import { BillingDocument, toDocument } from "../documents/document.types";
import { Account, toAccount } from "../../account/ledger/account.types";
import type { Transact } from "../../platform/database";
import type { FinanceService } from "./finance.service";
import {
  BalanceRefunded,
  BankTransferInput,
  BankTransferRecorded,
  BillingInput,
  BillingProfile,
  BillingProfileInput,
  RefundInput,
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
    @Arg("input", () => BankTransferInput) input: BankTransferInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<BankTransferRecorded> {
    const { transferId, account } = await this.finance.recordTransfer(principalOf(context), input, key);
    return { transferId, account: toAccount(account) };
  }

  @Mutation(() => Account)
  async setBilling(
    @Ctx() context: RequestContext,
    @Arg("input", () => BillingInput) input: BillingInput,
  ): Promise<Account> {
    return toAccount(await this.finance.setBilling(principalOf(context), input));
  }

  @Mutation(() => BillingProfile, {
    description:
      "Sets the billing profile. CONFLICT if it changes the VAT treatment while the balance is not 0.",
  })
  async setBillingProfile(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID) supplier: string,
    @Arg("input", () => BillingProfileInput) input: BillingProfileInput,
  ): Promise<BillingProfile> {
    const { vatNumber = null, purchaseOrder = null, email = null, ...rest } = input;
    const profile = { ...rest, vatNumber, purchaseOrder, email };
    return this.finance.setProfile(principalOf(context), supplier, profile);
  }

  @Mutation(() => [BillingDocument], {
    description:
      "Issues the invoices and credit notes for everything of a supplier that is not on a document yet. Empty if there is nothing.",
  })
  async issueInvoice(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID) supplier: string,
    @Arg("month", () => String, {
      nullable: true,
      description: "Bills until the end of this month, YYYY-MM; defaults to now.",
    })
    month: string | null,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<BillingDocument[]> {
    const wanted = { supplierId: supplier, month: month ?? null };
    return this.shown(context, await this.finance.issue(principalOf(context), wanted, key ?? null));
  }

  @Mutation(() => BalanceRefunded, {
    description: "Refunds unspent money by bank transfer, with a credit note.",
  })
  async refundBalance(
    @Ctx() context: RequestContext,
    @Arg("input", () => RefundInput) { supplierId, netCents, bankReference }: RefundInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<BalanceRefunded> {
    const wanted = { supplierId, netCents: netCents ?? null, bankReference };
    const { documents, account } = await this.finance.refund(principalOf(context), wanted, key ?? null);
    return { documents: await this.shown(context, documents), account: toAccount(account) };
  }

  @Mutation(() => Account, {
    description: "Writes off the outstanding amount of an invoice that will not be paid.",
  })
  async writeOffInvoice(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("reason", () => String, { description: "Kept in the audit log." }) reason: string,
  ): Promise<Account> {
    const by = principalOf(context);
    const { supplierId } = await this.transact(scopeOf(by), (tx) => this.documents.one(tx, id));
    return toAccount(await this.finance.writeOff(by, { supplierId, documentId: id, reason }));
  }

  @Mutation(() => BillingDocument, {
    description:
      "Invoices the late fees of an invoice: €40 and interest until it was paid or until today, without VAT. Once per invoice; CONFLICT if it was never late.",
  })
  async chargeLateFees(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Id of the late invoice." }) id: string,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<BillingDocument> {
    const by = principalOf(context);
    const { supplierId } = await this.transact(scopeOf(by), (tx) => this.documents.one(tx, id));
    const fees = await this.finance.chargeLateFees(by, { supplierId, documentId: id }, key ?? null);
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

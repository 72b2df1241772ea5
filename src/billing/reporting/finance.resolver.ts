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
      "It pays the open invoices, the oldest first; the rest is a deposit. The balance gets the amount less VAT.",
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
    description: "CONFLICT if it changes how VAT is charged while the balance is not 0.",
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
      "Invoices what a supplier received and credits what it gave back, all that stands on no document yet. Empty if there is nothing.",
  })
  async issueInvoice(
    @Ctx() context: RequestContext,
    @Arg("supplier", () => ID) supplier: string,
    @Arg("month", () => String, {
      nullable: true,
      description: "Until its end, YYYY-MM; up to now if it is left out.",
    })
    month: string | null,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<BillingDocument[]> {
    const wanted = { supplierId: supplier, month: month ?? null };
    return this.shown(context, await this.finance.issue(principalOf(context), wanted, key ?? null));
  }

  @Mutation(() => BalanceRefunded, {
    description: "Gives back what was paid in and not spent, by credit note.",
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
    description: "What is still open on an invoice is given up: it will not be paid.",
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
      "Invoices what an invoice's delay costs: €40 and interest for the days until it was paid, or until today; without VAT. Once for an invoice; CONFLICT if it was never late.",
  })
  async chargeLateFees(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "Of the invoice that was late." }) id: string,
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

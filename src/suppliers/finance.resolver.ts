import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { principalOf, type RequestContext } from "../identity";
import { toAccount, Account } from "../ledger/account.types";
import type { FinanceService } from "./finance.service";
import {
  BankTransferInput,
  BankTransferRecorded,
  BillingInput,
  PriceFloor,
  PriceInput,
} from "./finance.types";
import type { PriceFloors } from "./price-floors.service";

@Resolver()
export class FinanceResolver {
  constructor(
    private readonly finance: FinanceService,
    private readonly floors: PriceFloors,
  ) {}

  @Mutation(() => BankTransferRecorded, {
    description: "The supplier's balance gets the amount less VAT at the rate of its territory.",
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

  @Mutation(() => PriceFloor, {
    description: "The lowest price at which campaigns of a product may ask for leads, from an instant on.",
  })
  async setPrice(
    @Ctx() context: RequestContext,
    @Arg("input", () => PriceInput) input: PriceInput,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<PriceFloor> {
    return this.floors.set(principalOf(context), input, key);
  }
}

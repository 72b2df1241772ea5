import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, type RequestContext } from "../../access/identity";
import { IdempotencyKey } from "../../platform/graphql/arguments";
import { Month } from "../../platform/graphql/dates";
import { AccountingMonth, toAccountingMonth } from "./accounting-month.types";
import type { MonthEnds } from "./month-ends.service";

@Resolver(() => AccountingMonth)
export class AccountingMonthResolver {
  constructor(private readonly monthEnds: MonthEnds) {}

  @Query(() => AccountingMonth, { description: "A month of the books. Any month can be asked for." })
  async accountingMonth(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month, in Paris time." }) month: string,
  ): Promise<AccountingMonth> {
    return toAccountingMonth(await this.monthEnds.one(principalOf(context), month));
  }

  @Mutation(() => AccountingMonth, {
    description:
      "Locks a month: what is not invoiced is accrued, and no further entry can be dated in it. INVALID_INPUT while the month is not over; CONFLICT when it is locked (ALREADY_LOCKED) or a later one is (LATER_MONTH_LOCKED).",
  })
  async lockMonth(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month to lock, in Paris time." }) month: string,
    @IdempotencyKey() key: string,
  ): Promise<AccountingMonth> {
    return toAccountingMonth(await this.monthEnds.lock(principalOf(context), month, key));
  }

  @Mutation(() => AccountingMonth, {
    description:
      "Unlocks the last locked month and reverses its accruals. CONFLICT when it is not locked (NOT_LOCKED) or a later one is locked (LATER_MONTH_LOCKED).",
  })
  async unlockMonth(
    @Ctx() context: RequestContext,
    @Arg("month", () => Month, { description: "The month to unlock, in Paris time." }) month: string,
    @Arg("reason", () => String, { description: "1 to 500 characters, kept in the audit log." })
    reason: string,
    @IdempotencyKey() key: string,
  ): Promise<AccountingMonth> {
    return toAccountingMonth(await this.monthEnds.unlock(principalOf(context), { month, reason }, key));
  }
}

import { Arg, Ctx, Mutation, Resolver, Root, Subscription } from "type-graphql";
import { wholeSupplierOf, type RequestContext } from "../../access/identity";
import type { AccountReader, AccountView, BalanceAlerts, SpendLimits } from "../../account/ledger";
import { Account, toAccount } from "../../account/ledger/account.types";
import type { Transact } from "../../platform/database";
import { Cents } from "../../platform/graphql/scalars";
import { invalid } from "../../shared/errors";
import type { AccountWatch } from "./account-watch.service";

/** type-graphql gives `subscribe` no resolver instance, so the watch comes with the context. */
interface WatchContext extends RequestContext {
  readonly accountWatch: AccountWatch;
}

@Resolver()
export class AccountWatchResolver {
  constructor(
    private readonly transact: Transact,
    private readonly reader: AccountReader,
    private readonly alerts: BalanceAlerts,
    private readonly limits: SpendLimits,
  ) {}

  @Subscription(() => Account, {
    description: "Your account: its current state, then each change.",
    subscribe: ({ context }) => (context as WatchContext).accountWatch.watch(context as WatchContext),
  })
  accountChanged(@Root() account: AccountView): Account {
    return toAccount(account);
  }

  @Mutation(() => Account, {
    description:
      "Sets the balance below which your feed receives one `AccountNotice`; null switches the alert off.",
  })
  async setBalanceAlert(
    @Ctx() context: RequestContext,
    @Arg("belowCents", () => Cents, { nullable: true }) belowCents: number | null,
  ): Promise<Account> {
    if (belowCents != null && belowCents < 0) throw invalid("belowCents must not be negative.");
    const scope = wholeSupplierOf(context);
    return this.transact(scope, async (tx) => {
      await this.alerts.set(tx, scope.supplierId, belowCents ?? null);
      return toAccount(await this.reader.account(tx, scope.supplierId));
    });
  }

  @Mutation(() => Account, {
    description:
      "Sets the most that can be charged per month (Paris time), excluding VAT, over all campaigns. What was already charged this month counts, and credits do not restore it. Null removes the limit.",
  })
  async setSpendCap(
    @Ctx() context: RequestContext,
    @Arg("monthlyCents", () => Cents, { nullable: true }) monthlyCents: number | null,
  ): Promise<Account> {
    const scope = wholeSupplierOf(context);
    return this.transact(scope, async (tx) => {
      await this.limits.set(tx, scope.supplierId, monthlyCents ?? null);
      return toAccount(await this.reader.account(tx, scope.supplierId));
    });
  }
}

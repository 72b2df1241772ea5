import { Arg, Ctx, Mutation, Resolver, Root, Subscription } from "type-graphql";
import { wholeSupplierOf, type RequestContext } from "../../access/identity";
import type { AccountReader, AccountView, BalanceAlerts, SpendLimits } from "../../account/ledger";
import { Account, toAccount } from "../../account/ledger/account.types";
import type { Transact } from "../../platform/database";
import type { AccountWatch } from "./account-watch.service";
import { UpdateBalanceAlertInput, UpdateSpendCapInput } from "./account-watch.types";

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
    description: "Sets the balance below which your feed receives one `AccountNotice`.",
  })
  async setBalanceAlert(
    @Ctx() context: RequestContext,
    @Arg("input", () => UpdateBalanceAlertInput, { description: "What changes." })
    { belowCents }: UpdateBalanceAlertInput,
  ): Promise<Account> {
    return this.change(context, async (tx, supplierId) => {
      if (belowCents !== undefined) await this.alerts.set(tx, supplierId, belowCents);
    });
  }

  @Mutation(() => Account, {
    description:
      "Sets the most that can be charged per month (Paris time), excluding VAT, over all campaigns. What was already charged this month counts, and credits do not restore it.",
  })
  async setSpendCap(
    @Ctx() context: RequestContext,
    @Arg("input", () => UpdateSpendCapInput, { description: "What changes." })
    { monthlyCents }: UpdateSpendCapInput,
  ): Promise<Account> {
    return this.change(context, async (tx, supplierId) => {
      if (monthlyCents !== undefined) await this.limits.set(tx, supplierId, monthlyCents);
    });
  }

  private change(
    context: RequestContext,
    make: (tx: Parameters<BalanceAlerts["set"]>[0], supplierId: string) => Promise<void>,
  ): Promise<Account> {
    const scope = wholeSupplierOf(context);
    return this.transact(scope, async (tx) => {
      await make(tx, scope.supplierId);
      return toAccount(await this.reader.account(tx, scope.supplierId));
    });
  }
}

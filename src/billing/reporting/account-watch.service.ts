/**
 * Follows a supplier's account: yields its current state and then each change. Intermediate states may be
 * skipped.
 */
import { feedTopic } from "../../account/feed";
import { wholeSupplierOf, type RequestContext, type SupplierScope } from "../../access/identity";
import type { AccountReader, AccountView } from "../../account/ledger";
import type { DocumentBook } from "../documents";
import type { Transact } from "../../platform/database";
import type { Hints } from "../../platform/hints";
import { stoppable } from "../../platform/stoppable";

const backstopMs = 5_000;

export class AccountWatch {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly accounts: AccountReader;
      readonly documents: DocumentBook;
      readonly hints: Hints;
    },
  ) {}

  watch(context: RequestContext): AsyncIterableIterator<AccountView> {
    const scope = wholeSupplierOf(context);
    return stoppable((signal) => this.follow(scope, signal));
  }

  private async *follow(
    scope: SupplierScope,
    signal: AbortSignal,
  ): AsyncGenerator<AccountView, void, undefined> {
    const { transact, accounts, documents, hints } = this.deps;
    const topic = feedTopic(scope.supplierId);
    let shown = "";
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      const seen = hints.version(topic);
      const { account, openInclVatCents } = await transact(scope, async (tx) => ({
        account: await accounts.account(tx, scope.supplierId),
        openInclVatCents: await documents.openInclVatCents(tx, scope.supplierId),
      }));
      const text = JSON.stringify([account, openInclVatCents]);
      if (text !== shown && !stopped()) yield account;
      shown = text;
      await hints.changed(topic, seen, { signal, backstopMs });
    }
  }
}

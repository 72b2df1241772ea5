/** Pauses an endpoint and appends the event to its supplier's feed, in one transaction. */
import type { EntityManager } from "typeorm";
import type { EndpointPauseReason, FeedService } from "../../account/feed";
import type { AccountsService } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { Scope, Transact } from "../../platform/database";
import type { EndpointEntity } from "./endpoint.entity";
import type { Leases } from "./leases.service";
import type { EndpointNotice } from "./endpoint-notice";

export interface PausesDeps {
  readonly transact: Transact;
  readonly feed: FeedService;
  readonly accounts: AccountsService;
  readonly leases: Leases;
  readonly clock: Clock;
  /** Called after commit, when the pause was appended to the supplier's feed. */
  readonly paused: (notice: EndpointNotice) => void;
}

export class Pauses {
  constructor(private readonly deps: PausesDeps) {}

  /** Runs `move` first, in the same transaction. Returns false, without a pause, when `move` does. */
  async pause(
    row: EndpointEntity,
    reason: EndpointPauseReason,
    move: (tx: EntityManager) => Promise<boolean>,
  ): Promise<boolean> {
    const { transact, accounts, leases, feed, clock } = this.deps;
    const { supplierId, id: endpointId, label } = row;
    const at = clock.now();
    const done = await transact(await this.scopeFor(supplierId), (tx) =>
      // Lock the account before the endpoint, as everywhere.
      accounts.withAccounts(tx, [supplierId], async (locked) => {
        const account = locked.get(supplierId);
        if (!account || !(await move(tx))) return false;
        if (!(await leases.pause(tx, row, { reason, at }))) return true;
        const detail = { endpointId, pauseReason: reason };
        const entry = { kind: "ENDPOINT_PAUSED", deliveryId: null, campaignId: null, detail } as const;
        await feed.append(tx, [{ ...entry, counter: account, at }]);
        return true;
      }),
    );
    if (done) this.deps.paused({ supplierId, endpointId, label, reason, at });
    return done;
  }

  /** The worker role can see the account of a sandbox but cannot lock it. */
  private async scopeFor(supplierId: string): Promise<Scope> {
    const rows = await this.deps.transact({ role: "worker" }, (tx): Promise<unknown[]> =>
      tx.query("SELECT FROM account_state WHERE supplier_id = $1 AND mode = 'SANDBOX'", [supplierId]),
    );
    return rows.length > 0 ? { role: "sandbox", supplierId } : { role: "worker" };
  }
}

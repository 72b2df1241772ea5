/** Everything that can happen to a lead after its match, on demand: as it happens to a real one. */
import { wholeOf } from "../../access/identity";
import type { EntityManager } from "typeorm";
import type { CampaignsService } from "../../offers/campaigns";
import type { ContactChannel } from "../../reference/catalogue";
import type { DeliveryBook, DeliveryRow } from "../../delivery/deliveries";
import { feedTopic, type FeedEntry, type FeedService } from "../../account/feed";
import type { AccountsService } from "../../account/ledger";
import type { WithdrawalService } from "../../consumer/person";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { windowOf } from "../../shared/calendar";
import { AppError, invalid, notFound } from "../../shared/errors";
import { admitEvent } from "./sandbox-limit.service";

export interface EventsDeps {
  readonly transact: Transact;
  readonly campaignsService: CampaignsService;
  readonly deliveries: DeliveryBook;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  /** What takes consent back, of this sandbox's leads only. */
  readonly withdrawalsOf: (supplierId: string) => Pick<WithdrawalService, "withdraw">;
  readonly clock: Clock;
  /** Called after commit, with what to look at again. */
  readonly wake: (topics: readonly string[]) => void;
}

export class SandboxEvents {
  constructor(private readonly deps: EventsDeps) {}

  /** The person takes some channels back: LeadUpdated. */
  async update(supplierId: string, leadId: string, withdrawn: readonly ContactChannel[]): Promise<void> {
    const { channels, leadId: request } = await this.admitted(supplierId, leadId);
    const [lost, left] = [
      channels.filter((channel) => withdrawn.includes(channel)),
      channels.filter((channel) => !withdrawn.includes(channel)),
    ];
    if (lost.length === 0)
      throw invalid(`withdraw: this lead may be reached by ${channels.join(", ")}. Name one of these.`);
    if (left.length === 0)
      throw invalid("withdraw: no channel would be left. That is a revocation: use sandboxRevoke.");
    await this.deps.withdrawalsOf(supplierId).withdraw(request, { channels: lost });
  }

  /** The person takes everything back: LeadRevoked. */
  async revoke(supplierId: string, leadId: string): Promise<void> {
    const { leadId: request } = await this.admitted(supplierId, leadId);
    await this.deps.withdrawalsOf(supplierId).withdraw(request, {});
  }

  async capReached(supplierId: string, campaignId: string): Promise<void> {
    const { terms } = await this.deps.campaignsService.one(wholeOf(supplierId), campaignId);
    const [cap] = terms.caps;
    if (!cap) throw new AppError("CONFLICT", "This campaign has no cap. Give it one with updateCampaign.");
    const resetsAt = windowOf(cap.period, terms.timeZone, this.deps.clock.now()).end.toISOString();
    const detail = { cap: { ...cap }, resetsAt };
    await this.append(supplierId, async () =>
      Promise.resolve({ kind: "CAP_REACHED", deliveryId: null, campaignId, detail }),
    );
  }

  /** Nothing was charged, so nothing is given back; the lead says CREDITED all the same. */
  async returnDecided(supplierId: string, leadId: string, accepted: boolean): Promise<void> {
    await this.append(supplierId, async (tx) => {
      const delivery = await this.owned(tx, leadId);
      if (accepted && !(await this.deps.deliveries.markCredited(tx, delivery, this.deps.clock.now()))) {
        throw new AppError("CONFLICT", "A return of this lead was accepted before. Take another lead.");
      }
      const explanation = accepted ? "Sandbox: accepted on demand." : "Sandbox: refused on demand.";
      const detail = { accepted, creditedCents: 0, explanation };
      return { kind: "RETURN_DECIDED", deliveryId: leadId, campaignId: delivery.campaignId, detail };
    });
  }

  /** A lead whose right has not ended. */
  async standing(supplierId: string, leadId: string): Promise<DeliveryRow> {
    return this.deps.transact({ role: "sandbox", supplierId }, async (tx) => {
      const delivery = await this.owned(tx, leadId);
      if (!delivery.revokedAt) return delivery;
      throw new AppError("CONFLICT", "The right to this lead has ended. Make another one with sandboxMatch.");
    });
  }

  /** Of which something more may happen today. */
  private async admitted(supplierId: string, leadId: string): Promise<DeliveryRow> {
    const { transact, clock } = this.deps;
    await transact({ role: "sandbox", supplierId }, (tx) => admitEvent(tx, supplierId, clock.now()));
    return this.standing(supplierId, leadId);
  }

  private async owned(tx: EntityManager, leadId: string): Promise<DeliveryRow> {
    const delivery = await this.deps.deliveries.byId(tx, leadId);
    if (!delivery) throw notFound("lead");
    return delivery;
  }

  private async append(supplierId: string, make: (tx: EntityManager) => Promise<FeedEntry>): Promise<void> {
    const { transact, accounts, feed, clock } = this.deps;
    await transact({ role: "sandbox", supplierId }, (tx) =>
      accounts.withAccounts(tx, [supplierId], async (locked) => {
        const account = locked.get(supplierId);
        if (!account) throw new Error("A feed is only ever written under its supplier's lock.");
        await admitEvent(tx, supplierId, clock.now());
        await feed.append(tx, [{ ...(await make(tx)), counter: account, at: clock.now() }]);
      }),
    );
    this.deps.wake([feedTopic(supplierId)]);
  }
}

/** Triggers on demand everything that can happen to a lead after its match, as it happens to a real lead. */
import { wholeOf } from "../../access/identity";
import type { EntityManager } from "typeorm";
import type { CampaignsService } from "../../offers/campaigns";
import type { ContactChannel } from "../../reference/catalogue";
import type { DeliveryBook, DeliveryRow } from "../../delivery/deliveries";
import { feedTopic, type FeedEntry, type FeedService } from "../../account/feed";
import type { SandboxFinding } from "../../delivery/returns";
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
  /** The service that withdraws consent, restricted to the leads of this sandbox. */
  readonly withdrawalsOf: (supplierId: string) => Pick<WithdrawalService, "withdraw">;
  readonly clock: Clock;
  /** Called after commit with the topics of the feeds that have grown. */
  readonly wake: (topics: readonly string[]) => void;
}

export class SandboxEvents {
  constructor(private readonly deps: EventsDeps) {}

  /** Withdraws some channels, which causes LeadUpdated. */
  async update(supplierId: string, leadId: string, withdrawn: readonly ContactChannel[]): Promise<void> {
    const { channels, leadId: request } = await this.admitted(supplierId, leadId);
    const [lost, left] = [
      channels.filter((channel) => withdrawn.includes(channel)),
      channels.filter((channel) => !withdrawn.includes(channel)),
    ];
    if (lost.length === 0)
      throw invalid(
        `withdraw: the person of this lead may be contacted by ${channels.join(", ")}. Name one of these.`,
        { reason: "NOT_ALLOWED", field: "withdraw", values: channels },
      );
    if (left.length === 0)
      throw invalid("withdraw: no channel would be left, which is a revocation. Use sandboxRevoke.", {
        reason: "NOT_ALLOWED",
        field: "withdraw",
      });
    await this.deps.withdrawalsOf(supplierId).withdraw(request, { channels: lost });
  }

  /** Withdraws the whole consent, which causes LeadRevoked. */
  async revoke(supplierId: string, leadId: string): Promise<void> {
    const { leadId: request } = await this.admitted(supplierId, leadId);
    await this.deps.withdrawalsOf(supplierId).withdraw(request, {});
  }

  async capReached(supplierId: string, campaignId: string): Promise<void> {
    const { terms } = await this.deps.campaignsService.one(wholeOf(supplierId), campaignId);
    const [cap] = terms.caps;
    if (!cap)
      throw new AppError("CONFLICT", "This campaign has no cap. Add one with updateCampaign.", {
        reason: "NO_CAP",
      });
    const resetsAt = windowOf(cap.period, terms.timeZone, this.deps.clock.now()).end.toISOString();
    const detail = { cap: { ...cap }, resetsAt };
    await this.append(supplierId, async () =>
      Promise.resolve({ kind: "CAP_REACHED", deliveryId: null, campaignId, detail }),
    );
  }

  /** Credits nothing, because nothing was charged; the lead is marked as credited nevertheless. */
  async returnDecided(supplierId: string, leadId: string, accepted: boolean): Promise<void> {
    await this.append(supplierId, async (tx) => {
      const delivery = await this.owned(tx, leadId);
      if (accepted && !(await this.deps.deliveries.markCredited(tx, delivery, this.deps.clock.now()))) {
        throw new AppError("CONFLICT", "A return of this lead was already accepted. Use another lead.", {
          reason: "ALREADY_DECIDED",
        });
      }
      const finding: SandboxFinding = accepted ? "SANDBOX_ACCEPTED" : "SANDBOX_REJECTED";
      const detail = { accepted, creditedCents: 0, finding };
      return { kind: "RETURN_DECIDED", deliveryId: leadId, campaignId: delivery.campaignId, detail };
    });
  }

  /** Returns a lead to which the right has not ended; otherwise throws CONFLICT. */
  async standing(supplierId: string, leadId: string): Promise<DeliveryRow> {
    return this.deps.transact({ role: "sandbox", supplierId }, async (tx) => {
      const delivery = await this.owned(tx, leadId);
      if (!delivery.revokedAt) return delivery;
      throw new AppError(
        "CONFLICT",
        "The right to this lead has ended. Create another one with sandboxMatch.",
        { reason: "RIGHT_ENDED" },
      );
    });
  }

  /** Returns a lead to which the right has not ended, after counting the event against the daily limit. */
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
        if (!account) throw new Error("The supplier's account must be locked to append to its feed.");
        await admitEvent(tx, supplierId, clock.now());
        await feed.append(tx, [{ ...(await make(tx)), counter: account, at: clock.now() }]);
      }),
    );
    this.deps.wake([feedTopic(supplierId)]);
  }
}

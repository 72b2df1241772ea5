/**
 * Takes consent back. One transaction under the lead's lock: the act, what every affected supplier
 * may still use, and the event that tells it. The next read already shows less, or nothing.
 */
import type { EntityManager } from "typeorm";
import {
  checkWithdrawal,
  purposesOf,
  scopeOf,
  type ConsentAct,
  type ConsentRecord,
  type Scope,
  type ShownRecipient,
  type Withdrawn,
} from "../consent";
import { changeOf, type DeliveryBook, type DeliveryRow, type ScopeChange } from "../deliveries";
import { feedTopic, type FeedEntry, type FeedService, type RevocationReason } from "../feed";
import type { AuditService } from "../identity";
import type { LeadBook, LeadRow, LeadVault } from "../leads";
import type { AccountsService } from "../ledger";
import type { Transact } from "../platform/database";
import { failpoint } from "../platform/failpoint";
import { notFound } from "../shared/errors";

export interface WithdrawalDeps {
  readonly transact: Transact;
  readonly leads: LeadBook;
  readonly vault: LeadVault;
  readonly consents: ConsentRecord;
  readonly deliveries: DeliveryBook;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly audit: AuditService;
  readonly clock: () => Date;
  /** Called after commit, with what to look at again. */
  readonly wake: (topics: readonly string[]) => void;
}

interface Ending {
  readonly scope: Scope;
  readonly reason: RevocationReason;
  readonly at: Date;
}

export class WithdrawalService {
  constructor(private readonly deps: WithdrawalDeps) {}

  async withdraw(leadId: string, withdrawal: Omit<Withdrawn, "kind">): Promise<void> {
    const suppliers = await this.deps.transact({ role: "worker" }, async (tx) => {
      const lead = await this.deps.leads.lock(tx, leadId);
      if (!lead || lead.erasedAt) throw notFound("request");
      const at = this.deps.clock();
      const before = (await this.deps.consents.acts(tx, leadId)).map(({ content }) => content);
      checkWithdrawal(
        withdrawal,
        before.flatMap((act) => (act.kind === "GIVEN" ? act.shown : ([] as ShownRecipient[]))),
      );
      const act = { kind: "WITHDRAWN" as const, ...withdrawal };
      // Saying it again changes nothing, and the record is kept for ever.
      if (standing(before) === standing([...before, act])) return [];
      await this.deps.consents.append(tx, leadId, { at, content: act });
      return this.narrow(tx, lead, { scope: scopeOf([...before, act]), reason: "CONSENT_WITHDRAWN", at });
    });
    this.tell(suppliers);
  }

  /** Erasure: the right of every supplier ends, and the key to the person is destroyed. */
  async erase(reference: string, actor: string): Promise<Date> {
    const { suppliers, at } = await this.deps.transact({ role: "worker" }, async (tx) => {
      const lead = await this.deps.leads.lockByReference(tx, reference);
      if (!lead) throw notFound("request");
      if (lead.erasedAt) return { suppliers: [], at: lead.erasedAt };
      const at = this.deps.clock();
      const told = await this.narrow(tx, lead, { scope: new Map(), reason: "ERASED", at });
      await this.deps.vault.destroy(tx, lead.id);
      await this.deps.leads.forget(tx, lead, at);
      const subject = `request:${reference}`;
      await this.deps.audit.record(tx, {
        actor,
        action: "REQUEST_ERASED",
        subject,
        supplierId: null,
        detail: {},
      });
      return { suppliers: told, at };
    });
    this.tell(suppliers);
    return at;
  }

  private tell(suppliers: readonly string[]): void {
    failpoint("withdrawal.after-commit");
    if (suppliers.length > 0) this.deps.wake(suppliers.map(feedTopic));
  }

  /** Brings deliveries and the waiting lead down to the scope. Answers the suppliers that were told. */
  private async narrow(tx: EntityManager, lead: LeadRow, ending: Ending): Promise<string[]> {
    const deliveries = await this.deps.deliveries.ofLead(tx, lead.id);
    const changes = deliveries.flatMap((delivery) => {
      const change = changeOf(delivery, ending.scope.get(delivery.supplierId) ?? new Set(), ending);
      return change ? [{ delivery, change }] : [];
    });
    const suppliers = changes.map(({ delivery }) => delivery.supplierId);
    await this.deps.accounts.withAccounts(tx, suppliers, async (accounts) => {
      for (const { delivery, change } of changes) {
        await this.deps.deliveries.narrow(tx, delivery, change.state);
        const account = accounts.get(delivery.supplierId);
        if (!account) throw new Error("A feed is only ever written under its supplier's lock.");
        await this.deps.feed.append(tx, account, { entries: [entryOf(delivery, change)], at: ending.at });
      }
    });
    await this.keepWaiting(tx, lead, ending);
    failpoint("withdrawal.before-commit");
    return suppliers;
  }

  private async keepWaiting(tx: EntityManager, lead: LeadRow, { scope, at }: Ending): Promise<void> {
    if (lead.state === "CLOSED") return;
    lead.waitingFor = lead.waitingFor.filter((supplierId) => scope.has(supplierId));
    if (lead.waitingFor.length === 0) {
      const closeReason = scope.size === 0 ? "WITHDRAWN" : "SEATS_FILLED";
      Object.assign(lead, { state: "CLOSED", closeReason, closedAt: at, nextTryAt: null });
    }
    await this.deps.leads.save(tx, lead);
  }
}

/** What stands after these acts: the scope only ever shrinks, so its size and that of the purposes say it all. */
function standing(acts: readonly ConsentAct[]): number {
  const channels = [...scopeOf(acts).values()].reduce((sum, { size }) => sum + size, 0);
  return channels + purposesOf(acts).size;
}

const entryOf = ({ id, campaignId }: DeliveryRow, { kind, detail }: ScopeChange): FeedEntry => ({
  kind,
  deliveryId: id,
  campaignId,
  detail,
});

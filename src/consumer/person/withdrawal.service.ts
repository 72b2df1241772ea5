/**
 * Withdraws consent and erases requests. One transaction under the lead's lock writes the act, narrows what every
 * affected supplier may still use, and appends the events to the feeds, so the next read already shows the new scope.
 */
import type { EntityManager } from "typeorm";
import type { DecisionBook } from "../../allocation/assign";
import {
  checkWithdrawal,
  purposesOf,
  consentScopeOf,
  type ConsentAct,
  type ConsentRecord,
  type ConsentScope,
  type ConsentWithdrawn,
} from "../../people/consent";
import { changeOf, type DeliveryBook, type DeliveryRow, type ScopeChange } from "../../delivery/deliveries";
import { feedTopic, type FeedEntry, type FeedService, type RevocationReason } from "../../account/feed";
import type { AuditService } from "../../access/identity";
import {
  leadState,
  type LeadBook,
  type LeadRow,
  type LeadVault,
  type RepeatRequests,
} from "../../people/leads";
import type { AccountsService } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { failpoint } from "../../platform/failpoint";
import { notFound } from "../../shared/errors";

export interface WithdrawalDeps {
  readonly transact: Transact;
  readonly leads: LeadBook;
  readonly repeats: RepeatRequests;
  readonly vault: LeadVault;
  readonly consents: ConsentRecord;
  readonly deliveries: DeliveryBook;
  readonly decisions: Pick<DecisionBook, "forget">;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly audit: AuditService;
  readonly clock: Clock;
  /** Called after commit with the topics of the feeds that have grown. */
  readonly wake: (topics: readonly string[]) => void;
}

/** A request whose consent was narrowed or ended. */
interface Ending {
  readonly lead: LeadRow;
  readonly scope: ConsentScope;
}

interface Why {
  readonly reason: RevocationReason;
  readonly at: Date;
}

export class WithdrawalService {
  constructor(private readonly deps: WithdrawalDeps) {}

  /** Applies to the request and all its repeat requests, because the person means all of them, whichever link they use. */
  async withdraw(leadId: string, withdrawal: Omit<ConsentWithdrawn, "kind">): Promise<void> {
    const suppliers = await this.deps.transact({ role: "intake" }, async (tx) => {
      const lead = await this.deps.repeats.lock(tx, leadId);
      if (!lead || lead.erasedAt) throw notFound("request");
      const given = (await this.actsOf(tx, lead)).flatMap((act) => (act.kind === "GIVEN" ? act.shown : []));
      checkWithdrawal(withdrawal, given);
      const at = this.deps.clock.now();
      const endings: Ending[] = [];
      for (const one of [lead, ...(await this.deps.repeats.lockOthers(tx, lead))]) {
        endings.push(...(await this.takeBack(tx, one, { act: { kind: "WITHDRAWN", ...withdrawal }, at })));
      }
      return this.narrow(tx, endings, { reason: "CONSENT_WITHDRAWN", at });
    });
    this.tell(suppliers);
  }

  /** Erases a request and all its repeat requests, when the person asks for erasure. */
  async eraseWithRepeats(reference: string, actor: string): Promise<Date> {
    const others = await this.deps.transact({ role: "worker" }, async (tx) => {
      const lead = await this.deps.leads.byReference(tx, reference);
      return lead ? this.deps.repeats.others(tx, lead) : [];
    });
    for (const other of others) await this.erase(other.reference, actor);
    return this.erase(reference, actor);
  }

  /** Erases one request: ends the right of every supplier and destroys the key to the person. */
  async erase(reference: string, actor: string): Promise<Date> {
    const { suppliers, at } = await this.deps.transact({ role: "worker" }, async (tx) => {
      const lead = await this.deps.leads.lockByReference(tx, reference);
      if (!lead) throw notFound("request");
      if (lead.erasedAt) return { suppliers: [], at: lead.erasedAt };
      const at = this.deps.clock.now();
      const told = await this.narrow(tx, [{ lead, scope: new Map() }], { reason: "ERASED", at });
      await this.deps.vault.destroy(tx, lead.id);
      await this.deps.leads.forget(tx, lead, at);
      await this.deps.decisions.forget(tx, lead.id);
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

  private async actsOf(tx: EntityManager, { id }: LeadRow): Promise<ConsentAct[]> {
    return (await this.deps.consents.acts(tx, id)).map(({ content }) => content);
  }

  /** Appends the act unless it changes nothing, because the record is kept for ever and repetitions add nothing. */
  private async takeBack(
    tx: EntityManager,
    lead: LeadRow,
    { act, at }: { act: ConsentWithdrawn; at: Date },
  ): Promise<Ending[]> {
    const before = await this.actsOf(tx, lead);
    if (lead.erasedAt || standing(before) === standing([...before, act])) return [];
    await this.deps.consents.append(tx, lead.id, { at, content: act });
    return [{ lead, scope: consentScopeOf([...before, act]) }];
  }

  private tell(suppliers: readonly string[]): void {
    failpoint("withdrawal.after-commit");
    if (suppliers.length > 0) this.deps.wake(suppliers.map(feedTopic));
  }

  /** Narrows deliveries and waiting leads to their scopes. Returns the suppliers whose feeds have grown. */
  private async narrow(tx: EntityManager, endings: readonly Ending[], why: Why): Promise<string[]> {
    const changes: { delivery: DeliveryRow; change: ScopeChange }[] = [];
    for (const { lead, scope } of endings) {
      for (const delivery of await this.deps.deliveries.ofLead(tx, lead.id)) {
        const change = changeOf(delivery, scope.get(delivery.supplierId) ?? new Set(), why);
        if (change) changes.push({ delivery, change });
      }
    }
    const suppliers = [...new Set(changes.map(({ delivery }) => delivery.supplierId))];
    await this.deps.accounts.withAccounts(tx, suppliers, async (accounts) => {
      for (const { delivery, change } of changes) {
        await this.deps.deliveries.narrow(tx, delivery, change.state);
        const account = accounts.get(delivery.supplierId);
        if (!account) throw new Error("The supplier's account must be locked to append to its feed.");
        await this.deps.feed.append(tx, [{ ...entryOf(delivery, change), counter: account, at: why.at }]);
      }
    });
    for (const ending of endings) await this.keepWaiting(tx, ending, why.at);
    failpoint("withdrawal.before-commit");
    return suppliers;
  }

  private async keepWaiting(tx: EntityManager, { lead, scope }: Ending, at: Date): Promise<void> {
    if (lead.state === "CLOSED") return;
    await this.deps.leads.save(tx, [leadState.narrowed(lead, scope, at)]);
  }
}

/** Measures what the acts still grant. Withdrawals only shrink it, so equal counts mean that nothing changed. */
function standing(acts: readonly ConsentAct[]): number {
  const channels = [...consentScopeOf(acts).values()].reduce((sum, { size }) => sum + size, 0);
  return channels + purposesOf(acts).size;
}

const entryOf = ({ id, campaignId }: DeliveryRow, { kind, detail }: ScopeChange): FeedEntry => ({
  kind,
  deliveryId: id,
  campaignId,
  detail,
});

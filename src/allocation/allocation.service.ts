/**
 * Gives a lead to suppliers: one transaction that loads under locks, decides purely, and writes
 * everything that follows or nothing. Safe to run again at any time: what is done is not done twice.
 *
 * The locks are the lead, after the root of its kin, and the accounts of every supplier consented to that has not received it,
 * so a campaign, a cap or a balance cannot change between the decision and what it writes.
 */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../campaigns";
import { productById } from "../catalogue";
import { scopeOf, type ConsentRecord, type RecordedAct, type Scope } from "../consent";
import { feedTopic } from "../feed";
import type { Contact, Kin, LeadBook, LeadRow, LeadVault } from "../leads";
import { availableCents, type AccountsService, type LockedAccount } from "../ledger";
import { decide, recordDecision, type DecisionInput, type LeadFacts, type Seats } from "../matching";
import type { Rankings } from "../matching";
import type { Transact } from "../platform/database";
import { failpoint } from "../platform/failpoint";
import { capacitiesOf, windowKey, windowsOf } from "./capacities";
import type { CapUsage } from "./cap-usage.service";
import { candidateOf, factsOf, rankingQuestionOf } from "./facts-of";
import type { DecisionBook } from "./decision-book.service";
import type { DeliveryWriter } from "./delivery-writer.service";
import type { KinSeats } from "./kin-seats.service";
import type { Relations } from "./relations.service";
import { seatsAmongKin } from "./seats-among-kin";

export interface AllocationDeps {
  readonly transact: Transact;
  readonly leads: LeadBook;
  readonly kin: Kin;
  readonly vault: LeadVault;
  readonly consents: ConsentRecord;
  readonly campaigns: CampaignBook;
  readonly accounts: AccountsService;
  readonly caps: CapUsage;
  readonly decisions: DecisionBook;
  readonly writer: DeliveryWriter;
  readonly relations: Relations;
  readonly rankings: Rankings;
  readonly kinSeats: KinSeats;
  readonly clock: () => Date;
  /** Called after commit, with what to look at again. */
  readonly wake: (topics: readonly string[]) => void;
}

/** What one attempt knows once the lead is locked. */
interface Attempt {
  readonly lead: LeadRow;
  readonly facts: LeadFacts;
  readonly contact: Contact;
  readonly acts: readonly RecordedAct[];
  readonly scope: Scope;
  readonly seats: Seats;
  /** The suppliers that have it already, by this request. */
  readonly received: readonly string[];
}

export class AllocationService {
  constructor(private readonly deps: AllocationDeps) {}

  /** The suppliers that received the lead by this attempt. */
  async allocate(leadId: string): Promise<readonly string[]> {
    const suppliers = await this.deps.transact({ role: "worker" }, (tx) => this.attempt(tx, leadId));
    failpoint("allocation.after-commit");
    if (suppliers.length > 0) this.deps.wake(suppliers.map(feedTopic));
    return suppliers;
  }

  private async attempt(tx: EntityManager, leadId: string): Promise<readonly string[]> {
    const { leads, kin, vault, consents, accounts, kinSeats } = this.deps;
    const lead = await kin.lock(tx, leadId);
    if (lead?.state !== "OPEN") return [];
    const need = await leads.need(tx, leadId);
    if (!need) throw new Error(`Open lead ${leadId} has no need.`);
    if (lead.waitUntil <= this.deps.clock()) {
      await this.close(tx, lead, "WAIT_ENDED");
      return [];
    }
    const person = await vault.personOf(tx, leadId);
    if (!person) throw new Error(`Open lead ${leadId} has no person.`);
    const acts = await consents.acts(tx, leadId);
    const scope = scopeOf(acts.map(({ content }) => content));
    const consented = [...scope.keys()];
    const limit = productById(need.productId)?.seats ?? 1;
    const taken = await kinSeats.taken(tx, lead);
    const received = taken.own.deliveries.map(({ supplierId }) => supplierId);
    const seats = seatsAmongKin({ ...taken, limit, consented });
    const unserved = consented.filter((supplierId) => !seats.suppliersServed.includes(supplierId));
    return accounts.withAccounts(tx, unserved, (locked) =>
      this.decideAndWrite(tx, locked, {
        lead,
        facts: factsOf(need, person),
        contact: person.contact,
        acts,
        scope,
        seats,
        received,
      }),
    );
  }

  private async decideAndWrite(
    tx: EntityManager,
    accounts: ReadonlyMap<string, LockedAccount>,
    attempt: Attempt,
  ): Promise<readonly string[]> {
    const { lead, scope } = attempt;
    // Read with the locks held: an opening that this attempt does not see yet will be marked later than this.
    const at = this.deps.clock();
    await this.deps.leads.markTried(tx, lead);
    const input = await this.inputOf(tx, accounts, { attempt, at });
    const decision = decide(input);
    failpoint("allocation.before-write");
    await this.deps.decisions.record(tx, lead.id, recordDecision(input, decision));
    for (const taken of decision.taking.taken) {
      const account = accounts.get(taken.candidate.supplierId);
      if (!account) throw new Error("A lead is only ever taken under the supplier's lock.");
      await this.deps.writer.write(tx, account, {
        ...attempt,
        place: attempt.facts.place,
        taken,
        seats: decision.taking.seats ?? 1,
        at,
      });
    }
    const takers = decision.taking.taken.map(({ candidate }) => candidate.supplierId);
    // What kin leaves of the seats may change until somebody takes one here.
    if (takers.length > 0) lead.seats = decision.taking.seats;
    lead.seatsTaken += takers.length;
    // A supplier that has it through kin is waited for like any other: else the person would learn of the kin.
    const served = new Set([...attempt.received, ...takers]);
    lead.waitingFor = [...scope.keys()].filter((id) => !served.has(id));
    await this.settle(tx, lead, decision.taking.nextTryAt);
    failpoint("allocation.before-commit");
    return takers;
  }

  private async inputOf(
    tx: EntityManager,
    accounts: ReadonlyMap<string, LockedAccount>,
    { attempt, at }: { attempt: Attempt; at: Date },
  ): Promise<DecisionInput> {
    const { lead, facts, contact, scope, seats } = attempt;
    const suppliers = [...scope.keys()];
    const candidates = (await this.deps.campaigns.ofSuppliers(tx, facts.product, suppliers)).map(candidateOf);
    const open = candidates.filter(({ supplierId }) => accounts.has(supplierId));
    const used = await this.deps.caps.read(
      tx,
      open.flatMap((candidate) => windowsOf(candidate, at)),
    );
    const capacities = capacitiesOf(open, at, {
      usedOf: (window) => used.get(windowKey(window)) ?? 0,
      availableOf: (supplierId) => spendable(accounts, supplierId),
    });
    const relations = await this.deps.relations.between(tx, { lead, contact }, [...accounts.keys()]);
    const ranking = await this.deps.rankings.of(tx, rankingQuestionOf(facts, candidates));
    return {
      ...{ lead: facts, scope: new Set(suppliers), candidates, relations },
      ...{ capacities, seats, ranking, at },
    };
  }

  private async settle(tx: EntityManager, lead: LeadRow, nextTryAt: Date | null): Promise<void> {
    if (lead.waitingFor.length === 0 || (lead.seats !== null && lead.seatsTaken >= lead.seats)) {
      await this.close(tx, lead, "SEATS_FILLED");
      return;
    }
    lead.nextTryAt = nextTryAt !== null && nextTryAt < lead.waitUntil ? nextTryAt : lead.waitUntil;
    await this.deps.leads.save(tx, lead);
  }

  private async close(
    tx: EntityManager,
    lead: LeadRow,
    reason: "SEATS_FILLED" | "WAIT_ENDED",
  ): Promise<void> {
    Object.assign(lead, {
      state: "CLOSED",
      closeReason: reason,
      closedAt: this.deps.clock(),
      nextTryAt: null,
      waitingFor: [],
    });
    await this.deps.leads.save(tx, lead);
  }
}

function spendable(accounts: ReadonlyMap<string, LockedAccount>, supplierId: string): number {
  const account = accounts.get(supplierId);
  return account ? availableCents(account) : 0;
}

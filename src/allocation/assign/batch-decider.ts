/**
 * Leads of one batch are decided one after the other, each with what those before it left: money, room in caps,
 * seats of its kin, whose turn it is, and who has received this person lately. What was read before the first
 * decision is brought up to date here and not read again, so a batch decides as its leads would one by one.
 */
import type { Contact, LeadRow } from "../../people/leads";
import {
  decide,
  eligibleOf,
  match,
  rankFactsOf,
  type Candidate,
  type Decision,
  type DecisionInput,
  type LeadFacts,
  type LoadedRankFacts,
  type Relation,
  type Taken,
} from "../matching";
import { capacitiesOf, windowKey, windowsOf, type UsedWindow } from "./capacities";
import { rankingRuleOf } from "./matching-input";
import { sharedSeats, type RepeatDelivery, type OwnSeats } from "./shared-seats";

/** Of another request of the kin, with where it stands among them. */
export interface RepeatSeat extends RepeatDelivery {
  readonly leadId: string;
  readonly seat: number;
}

/** A lead with all that is known of it before anybody in the batch has taken anything. */
export interface Undecided {
  readonly lead: Pick<LeadRow, "id">;
  /** The first request of its kin. */
  readonly root: string;
  readonly facts: LeadFacts;
  readonly contact: Pick<Contact, "email" | "phone">;
  readonly consented: readonly string[];
  readonly own: OwnSeats;
  readonly repeats: readonly RepeatSeat[];
  /** The product's seats. */
  readonly limit: number;
  readonly candidates: readonly Candidate[];
  readonly relations: readonly Relation[];
  readonly loaded: LoadedRankFacts;
  /** Later than that of the one before it: whose turn it is goes by the instant. */
  readonly at: Date;
}

/** What is left before the first decision: what windows of caps hold, what suppliers can spend, and who is there. */
export interface Left {
  readonly used: ReadonlyMap<string, number>;
  readonly available: ReadonlyMap<string, number>;
  /** Of campaigns that want leads only then: whether somebody of theirs is connected. */
  readonly connected: ReadonlyMap<string, boolean>;
}

export interface Decided<One extends Undecided = Undecided> {
  readonly of: One;
  readonly input: DecisionInput;
  readonly decision: Decision;
}

interface Took {
  readonly by: Undecided;
  readonly taken: Taken;
}

export class BatchDecider {
  private readonly used: Map<string, number>;
  private readonly available: Map<string, number>;
  private readonly connected: ReadonlyMap<string, boolean>;
  private readonly usedAfter = new Map<string, UsedWindow>();
  private readonly took: Took[] = [];

  constructor({ used, available, connected }: Left) {
    this.connected = connected;
    this.used = new Map(used);
    this.available = new Map(available);
  }

  /** What the caps hold that were taken from, afterwards. */
  get windows(): readonly UsedWindow[] {
    return [...this.usedAfter.values()];
  }

  /** What a supplier can still spend. */
  left(supplierId: string): number {
    return this.available.get(supplierId) ?? 0;
  }

  decide<One extends Undecided>(of: One): Decided<One> {
    const input = this.inputOf(of);
    const decision = decide(input);
    for (const taken of decision.taking.taken) this.take(of, taken);
    return { of, input, decision };
  }

  private inputOf(of: Undecided): DecisionInput {
    const { facts, candidates, consented, limit, own, at } = of;
    const seats = sharedSeats({ own, repeats: this.repeatsOf(of), limit, consented });
    const unserved = unservedOf(consented, seats.suppliersServed);
    const rule = rankingRuleOf(facts);
    const matched = {
      lead: facts,
      scope: new Set(consented),
      candidates,
      relations: this.relationsOf(of, unserved),
      ranking: { rule, standings: rankFactsOf(rule, candidates, this.loadedOf(of)) },
      at,
    };
    // What is left is asked of whoever could take it, and of nobody else.
    const asked = new Set(unserved);
    const eligible = eligibleOf(match(matched)).filter(({ supplierId }) => asked.has(supplierId));
    const capacities = capacitiesOf(eligible, at, {
      usedOf: (window) => this.used.get(windowKey(window)) ?? 0,
      availableOf: (supplierId) => this.left(supplierId),
      connectedOf: (campaignId) => this.connected.get(campaignId),
    });
    return { ...matched, seats, capacities };
  }

  private repeatsOf({ lead, root, repeats }: Undecided): readonly RepeatSeat[] {
    const since = this.took.filter(({ by }) => by.root === root && by.lead.id !== lead.id);
    if (since.length === 0) return repeats;
    const taken = since.map(({ by, taken: { candidate, seat } }) => ({
      leadId: by.lead.id,
      supplierId: candidate.supplierId,
      seat,
      maxSeats: candidate.terms.maxSeats,
    }));
    return [...repeats, ...taken].sort((a, b) => compare(a.leadId, b.leadId) || a.seat - b.seat);
  }

  private relationsOf({ facts, contact, relations }: Undecided, suppliers: readonly string[]): Relation[] {
    const known = new Map(relations.map((relation) => [relation.supplierId, relation]));
    for (const { by, taken } of this.took) {
      const { supplierId } = taken.candidate;
      if (by.facts.product !== facts.product || !isSamePerson(by.contact, contact)) continue;
      const isOwnCustomer = known.get(supplierId)?.isOwnCustomer ?? false;
      known.set(supplierId, { supplierId, lastReceivedAt: by.at, isOwnCustomer });
    }
    return suppliers.flatMap((supplierId) => known.get(supplierId) ?? []);
  }

  private loadedOf({ facts, loaded }: Undecided): LoadedRankFacts {
    if (!loaded.lastReceivedAt) return loaded;
    const since = this.took
      .filter(({ by }) => by.facts.product === facts.product)
      .map(({ by, taken }) => [taken.candidate.supplierId, by.at] as const);
    return { ...loaded, lastReceivedAt: new Map([...loaded.lastReceivedAt, ...since]) };
  }

  private take(by: Undecided, taken: Taken): void {
    const { candidate, capsAfter } = taken;
    for (const [index, window] of windowsOf(candidate, by.at).entries()) {
      const used = capsAfter[index]?.used ?? 0;
      this.used.set(windowKey(window), used);
      this.usedAfter.set(windowKey(window), { ...window, used });
    }
    const left = this.left(candidate.supplierId) - candidate.terms.pricePerLeadCents;
    this.available.set(candidate.supplierId, left);
    this.took.push({ by, taken });
  }
}

/** Whose accounts must be held to decide, in order. Decisions before it in the batch can only make them fewer. */
export const unservedOf = (consented: readonly string[], served: readonly string[]): string[] =>
  consented.filter((supplierId) => !served.includes(supplierId)).sort(compare);

const isSamePerson = (a: Undecided["contact"], b: Undecided["contact"]): boolean =>
  a.email === b.email || (a.phone !== null && a.phone === b.phone);

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

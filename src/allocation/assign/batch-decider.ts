/**
 * Decides the leads of a batch one after the other, each with what the earlier ones left: money, room in
 * caps, seats of repeat requests, turns, and who has received this person recently. The facts are read once,
 * before the first decision, and updated here, so that a batch decides exactly as its leads would one by one.
 *
 * Reads and writes nothing itself (decision-facts.service.ts, batch-writer.service.ts).
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

/** A delivery of another request of the same group, with its position there. */
export interface RepeatSeat extends RepeatDelivery {
  readonly leadId: string;
  readonly seat: number;
}

/** A lead with everything known about it before any decision of the batch. */
export interface Undecided {
  readonly lead: Pick<LeadRow, "id">;
  /** The first of the repeat requests, which may be the lead itself. */
  readonly root: string;
  readonly facts: LeadFacts;
  readonly contact: Pick<Contact, "email" | "phone">;
  readonly consented: readonly string[];
  readonly own: OwnSeats;
  readonly repeats: readonly RepeatSeat[];
  /** The product's number of seats. */
  readonly limit: number;
  readonly candidates: readonly Candidate[];
  readonly relations: readonly Relation[];
  readonly loaded: LoadedRankFacts;
  /** Later than that of the lead before it, because turns are compared by the instant. */
  readonly at: Date;
}

/**
 * What is left before the first decision: usage of cap windows, money available to suppliers, and who is
 * connected.
 */
export interface Left {
  readonly used: ReadonlyMap<string, number>;
  readonly available: ReadonlyMap<string, number>;
  /** By campaign, for those with `onlyWhenConnected`: whether a member is connected. */
  readonly connected: ReadonlyMap<string, boolean>;
}

export interface DecidedLead<One extends Undecided = Undecided> {
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

  /** The final usage of the cap windows that the batch has used. */
  get windows(): readonly UsedWindow[] {
    return [...this.usedAfter.values()];
  }

  /** What a supplier can still spend. */
  left(supplierId: string): number {
    return this.available.get(supplierId) ?? 0;
  }

  decide<One extends Undecided>(of: One): DecidedLead<One> {
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
    // Capacities are computed only for candidates that could take the lead.
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

/**
 * The suppliers whose accounts must be locked to decide, sorted. Earlier decisions of the batch can only
 * remove some.
 */
export const unservedOf = (consented: readonly string[], served: readonly string[]): string[] =>
  consented.filter((supplierId) => !served.includes(supplierId)).sort(compare);

const isSamePerson = (a: Undecided["contact"], b: Undecided["contact"]): boolean =>
  a.email === b.email || (a.phone !== null && a.phone === b.phone);

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

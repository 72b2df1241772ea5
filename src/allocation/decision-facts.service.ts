/** Everything that a decision is made from, read with the lead and the suppliers' accounts locked. */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../campaigns";
import type { Contact, LeadRow } from "../leads";
import { availableCents, type LockedAccount } from "../ledger";
import {
  eligibleOf,
  match,
  type Candidate,
  type Capacity,
  type DecisionInput,
  type LeadFacts,
  type Rankings,
  type Seats,
} from "../matching";
import type { CapUsage } from "./cap-usage.service";
import { capacitiesOf, windowKey, windowsOf } from "./capacities";
import { candidateOf, rankingQuestionOf } from "./facts-of";
import type { PresenceFacts } from "./presence-facts.service";
import type { Relations } from "./relations.service";

/** What is asked about. */
export interface Asked {
  readonly lead: LeadRow;
  readonly facts: LeadFacts;
  readonly contact: Contact;
  readonly scope: ReadonlyMap<string, unknown>;
  readonly seats: Seats;
  readonly at: Date;
}

type Accounts = ReadonlyMap<string, LockedAccount>;

export class DecisionFacts {
  constructor(
    private readonly deps: {
      readonly campaigns: CampaignBook;
      readonly caps: CapUsage;
      readonly relations: Relations;
      readonly presence: PresenceFacts;
      readonly rankings: Rankings;
    },
  ) {}

  async gather(
    tx: EntityManager,
    accounts: Accounts,
    { lead, facts, contact, scope, seats, at }: Asked,
  ): Promise<DecisionInput> {
    const { campaigns, rankings } = this.deps;
    const suppliers = [...scope.keys()];
    const candidates = (await campaigns.ofSuppliers(tx, facts.product, suppliers)).map(candidateOf);
    const relations = await this.deps.relations.between(tx, { lead, contact }, [...accounts.keys()]);
    const ranking = await rankings.of(tx, rankingQuestionOf(facts, candidates));
    const matched = { lead: facts, scope: new Set(suppliers), candidates, relations, ranking, at };
    // What is left is asked of whoever could take it, and of nobody else.
    const eligible = eligibleOf(match(matched)).filter(({ supplierId }) => accounts.has(supplierId));
    const capacities = await this.capacities(tx, accounts, { eligible, at });
    return { ...matched, seats, capacities: await this.deps.presence.beside(tx, eligible, capacities) };
  }

  private async capacities(
    tx: EntityManager,
    accounts: Accounts,
    { eligible, at }: { readonly eligible: readonly Candidate[]; readonly at: Date },
  ): Promise<Capacity[]> {
    const used = await this.deps.caps.read(
      tx,
      eligible.flatMap((candidate) => windowsOf(candidate, at)),
    );
    return capacitiesOf(eligible, at, {
      usedOf: (window) => used.get(windowKey(window)) ?? 0,
      availableOf: (supplierId) => spendable(accounts, supplierId),
    });
  }
}

function spendable(accounts: Accounts, supplierId: string): number {
  const account = accounts.get(supplierId);
  return account ? availableCents(account) : 0;
}

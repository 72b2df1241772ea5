/**
 * Loads the facts of decisions that do not belong to the leads themselves: campaigns, relations, rankings,
 * caps and presence. Read under the locks of the leads and the suppliers' accounts, one statement per kind of
 * fact, whatever the number of leads. The leads' own facts are open-leads.service.ts.
 */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../../offers/campaigns";
import { availableCents, type LockedAccount } from "../../account/ledger";
import {
  eligibleOf,
  match,
  type Candidate,
  type LoadedRankFacts,
  type Rankings,
  type Relation,
} from "../matching";
import type { CapUsage } from "./cap-usage.service";
import { windowKey, windowsOf, type CapWindow } from "./capacities";
import { candidateOf, rankingRequestOf } from "./matching-input";
import { unservedOf, type Left, type Undecided } from "./batch-decider";
import type { OpenLead } from "./open-leads.service";
import type { PresenceFacts } from "./presence-facts.service";
import type { Relations } from "./relations.service";

type Accounts = ReadonlyMap<string, LockedAccount>;
export type ReadyLead = OpenLead & Undecided;

/** A lead with the instant of its decision. */
export type Due = OpenLead & { readonly at: Date };

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
    due: readonly Due[],
  ): Promise<{ ready: ReadyLead[]; left: Left }> {
    const [candidates, relations] = await Promise.all([this.candidates(tx, due), this.relations(tx, due)]);
    const known = due.map((lead, index) => ({
      ...lead,
      candidates: candidates(lead),
      relations: relations[index] ?? [],
    }));
    const [loaded, used, connected] = await Promise.all([
      this.deps.rankings.load(
        tx,
        known.map((lead) => rankingRequestOf(lead.facts, lead.candidates)),
      ),
      this.deps.caps.read(tx, windowsIn(known)),
      this.deps.presence.of(
        tx,
        known.flatMap((lead) => lead.candidates),
      ),
    ]);
    const available = new Map([...accounts].map(([id, account]) => [id, availableCents(account)]));
    return { ready: withRankings(known, loaded), left: { used, available, connected } };
  }

  private async candidates(tx: EntityManager, due: readonly Due[]): Promise<(of: Due) => Candidate[]> {
    const products = distinct(due.map(({ facts }) => facts.product));
    const suppliers = distinct(due.flatMap(({ consented }) => consented));
    const all = (await this.deps.campaigns.ofSuppliers(tx, products, suppliers)).map(candidateOf);
    return ({ facts, scope }) =>
      all.filter(({ supplierId, terms }) => terms.product === facts.product && scope.has(supplierId));
  }

  private relations(tx: EntityManager, due: readonly Due[]): Promise<Relation[][]> {
    return this.deps.relations.between(
      tx,
      due.map((lead) => ({ ...lead, suppliers: unserved(lead) })),
    );
  }
}

/** The consented suppliers that do not have the lead yet, neither through itself nor through a repeat request. */
export const unserved = ({ consented, own, repeats }: OpenLead): string[] =>
  unservedOf(
    consented,
    [...own.deliveries, ...repeats].map(({ supplierId }) => supplierId),
  );

type Known = Due & { readonly candidates: readonly Candidate[]; readonly relations: readonly Relation[] };

const withRankings = (known: readonly Known[], loaded: readonly LoadedRankFacts[]): ReadyLead[] =>
  known.map((lead, index) => ({ ...lead, loaded: loaded[index] ?? {} }));

/**
 * The windows of all candidates that could take one of the leads, each once. The ranking does not affect
 * which ones these are.
 */
function windowsIn(known: readonly Known[]): CapWindow[] {
  const windows = known.flatMap((lead) => {
    const { facts, scope, candidates, relations, at } = lead;
    const matched = { lead: facts, scope: new Set(scope.keys()), candidates, relations, at };
    const asked = new Set(unserved(lead));
    return eligibleOf(match(matched))
      .filter(({ supplierId }) => asked.has(supplierId))
      .flatMap((candidate) => windowsOf(candidate, at));
  });
  return [...new Map(windows.map((window) => [windowKey(window), window])).values()];
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

/**
 * Which campaigns want this need? The same answer as asking `refusalByTerms` of every campaign, found without
 * asking: each campaign's terms are filed by product, place and field. Hours, age, caps, balances and consent
 * are asked of whoever is found, later and elsewhere.
 *
 * Nothing here waits, so an answer is never of a campaign that is half changed.
 */
import type { Candidate, IndexAnswer } from "../facts";
import type { Need } from "../match";
import { bestOf } from "./best";
import type { Entry, Standing } from "./filed";
import { Matches } from "./matches";
import { questionOf } from "./question";
import { Shelf } from "./shelf";
import { Texts } from "./texts";

export interface BestInput {
  /** `leadId` seeds the draw between equal prices. */
  readonly lead: Need & { readonly leadId: string };
  readonly at: Date;
  /** How many suppliers at most. */
  readonly limit: number;
}

export class CampaignIndex {
  /** Rises with every change: never stands for two markets of one process. Whoever changes the index says which. */
  version = 0;
  private readonly shelves = new Map<string, Shelf>();
  private readonly texts = new Texts();

  get size(): number {
    return [...this.shelves.values()].reduce((sum, shelf) => sum + shelf.size, 0);
  }

  /** Files a campaign, in place of what was known of it. An archived one never takes a lead, so it is not kept. */
  replace(candidate: Candidate): void {
    this.remove(candidate.campaignId);
    if (candidate.status === "ARCHIVED") return;
    const { product } = candidate.terms;
    const shelf = this.shelves.get(product) ?? new Shelf(this.texts);
    this.shelves.set(product, shelf);
    shelf.add(candidate);
  }

  /** False if it is not here. */
  remove(campaignId: string): boolean {
    return [...this.shelves.values()].some((shelf) => shelf.remove(campaignId));
  }

  /** Pauses, resumes or archives a campaign whose terms stay. False if it is not here. */
  stand(campaignId: string, standing: Standing): boolean {
    if (standing.status === "ARCHIVED") return this.remove(campaignId);
    return [...this.shelves.values()].some((shelf) => shelf.stand(campaignId, standing));
  }

  /** Of everybody, or of the suppliers named. */
  matching(need: Need, at: Date, scope?: ReadonlySet<string>): Matches {
    const shelf = this.shelves.get(need.product);
    if (!shelf) return nobody;
    const question = questionOf(need, at);
    return scope ? shelf.matchingOf(scope, question) : shelf.matching(question);
  }

  /** Of each candidate that is filed exactly as it is given, whether it wants the need; nothing of the others. */
  judge(candidates: readonly Candidate[], need: Need, at: Date): IndexAnswer {
    const shelf = this.shelves.get(need.product);
    const known = candidates.filter((candidate) => shelf?.holds(candidate));
    const wanting = this.matching(need, at, new Set(known.map(({ supplierId }) => supplierId)));
    const ids = new Set([...wanting.entries()].map(({ campaignId }) => campaignId));
    return {
      market: known.length === candidates.length ? this.version : 0,
      fits: new Map(known.map(({ campaignId }) => [campaignId, ids.has(campaignId)])),
    };
  }

  /** By price: the best campaign of each supplier, best supplier first, without putting all of them in order. */
  best({ lead, at, limit }: BestInput): Entry[] {
    return bestOf(this.matching(lead, at), { leadId: lead.leadId, limit });
  }
}

const nobody = new Matches(new Int32Array(0), [], new Float64Array(0));

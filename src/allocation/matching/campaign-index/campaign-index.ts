/**
 * Which campaigns want this need? The same answer as asking `refusalByTerms` of every campaign, found without
 * asking: each campaign's terms are filed by product, place and field. Hours, age, caps, balances and consent
 * are asked of whoever is found, later and elsewhere.
 *
 * Nothing here waits, so an answer is never of a campaign that is half changed.
 */
import type { Candidate, IndexAnswer } from "../facts";
import type { Need } from "../match";
import { bestByPrice } from "./best";
import type { MatchedCampaign, CampaignState } from "./indexed-campaign";
import { Matches } from "./matches";
import { indexQueryOf } from "./index-query";
import { ProductIndex } from "./product-index";
import { StringPool } from "./string-pool";

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
  private readonly products = new Map<string, ProductIndex>();
  private readonly texts = new StringPool();

  get size(): number {
    return [...this.products.values()].reduce((sum, index) => sum + index.size, 0);
  }

  /** Files a campaign, in place of what was known of it. An archived one never takes a lead, so it is not kept. */
  replace(candidate: Candidate): void {
    this.remove(candidate.campaignId);
    if (candidate.status === "ARCHIVED") return;
    const { product } = candidate.terms;
    const index = this.products.get(product) ?? new ProductIndex(this.texts);
    this.products.set(product, index);
    index.add(candidate);
  }

  /** False if it is not here. */
  remove(campaignId: string): boolean {
    return [...this.products.values()].some((index) => index.remove(campaignId));
  }

  /** Pauses, resumes or archives a campaign whose terms stay. False if it is not here. */
  setState(campaignId: string, standing: CampaignState): boolean {
    if (standing.status === "ARCHIVED") return this.remove(campaignId);
    return [...this.products.values()].some((index) => index.setState(campaignId, standing));
  }

  /** Of everybody, or of the suppliers named. */
  matching(need: Need, at: Date, scope?: ReadonlySet<string>): Matches {
    const index = this.products.get(need.product);
    if (!index) return nobody;
    const query = indexQueryOf(need, at);
    return scope ? index.matchingOf(scope, query) : index.matching(query);
  }

  /** Of each candidate that is filed exactly as it is given, whether it wants the need; nothing of the others. */
  evaluate(candidates: readonly Candidate[], need: Need, at: Date): IndexAnswer {
    const index = this.products.get(need.product);
    const known = candidates.filter((candidate) => index?.holds(candidate));
    const accepting = this.matching(need, at, new Set(known.map(({ supplierId }) => supplierId)));
    const ids = new Set([...accepting.entries()].map(({ campaignId }) => campaignId));
    return {
      market: known.length === candidates.length ? this.version : 0,
      fits: new Map(known.map(({ campaignId }) => [campaignId, ids.has(campaignId)])),
    };
  }

  /** By price: the best campaign of each supplier, best supplier first, without putting all of them in order. */
  best({ lead, at, limit }: BestInput): MatchedCampaign[] {
    return bestByPrice(this.matching(lead, at), { leadId: lead.leadId, limit });
  }
}

const nobody = new Matches(new Int32Array(0), [], new Float64Array(0));

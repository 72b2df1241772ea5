/**
 * Which campaigns want this need? Gives the same answer as calling `refusalByTerms` for every campaign, but
 * without visiting each one: the terms are indexed by product, place and field. Schedule, age, caps, balances
 * and consent are not part of it; they are checked later for the campaigns found here.
 *
 * Everything here is synchronous, so no answer can mix a campaign's old terms with its new ones.
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
  /** The maximum number of suppliers. */
  readonly limit: number;
}

export class CampaignIndex {
  /**
   * Rises with every change, so that no two states of the market in one process share a version. The caller
   * that changes the index sets it.
   */
  version = 0;
  private readonly products = new Map<string, ProductIndex>();
  private readonly texts = new StringPool();

  get size(): number {
    return [...this.products.values()].reduce((sum, index) => sum + index.size, 0);
  }

  /** Adds a campaign or replaces its previous version. Archived campaigns never take a lead, so they are not kept. */
  replace(candidate: Candidate): void {
    this.remove(candidate.campaignId);
    if (candidate.status === "ARCHIVED") return;
    const { product } = candidate.terms;
    const index = this.products.get(product) ?? new ProductIndex(this.texts);
    this.products.set(product, index);
    index.add(candidate);
  }

  /** Returns false if the campaign is not in the index. */
  remove(campaignId: string): boolean {
    return [...this.products.values()].some((index) => index.remove(campaignId));
  }

  /**
   * Pauses, resumes or archives a campaign without changing its terms. Returns false if the campaign is not
   * in the index.
   */
  setState(campaignId: string, standing: CampaignState): boolean {
    if (standing.status === "ARCHIVED") return this.remove(campaignId);
    return [...this.products.values()].some((index) => index.setState(campaignId, standing));
  }

  /** Searches all suppliers, or only those in `scope`. */
  matching(need: Need, at: Date, scope?: ReadonlySet<string>): Matches {
    const index = this.products.get(need.product);
    if (!index) return nobody;
    const query = indexQueryOf(need, at);
    return scope ? index.matchingOf(scope, query) : index.matching(query);
  }

  /**
   * Says whether each candidate wants the need. Candidates that the index does not hold in exactly this
   * version and state are left out.
   */
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

  /** The best campaign of each supplier by price, best supplier first, without sorting all matches. */
  best({ lead, at, limit }: BestInput): MatchedCampaign[] {
    return bestByPrice(this.matching(lead, at), { leadId: lead.leadId, limit });
  }
}

const nobody = new Matches(new Int32Array(0), [], new Float64Array(0));

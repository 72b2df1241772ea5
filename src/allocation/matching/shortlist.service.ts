/** Which few suppliers does a preview name? Searches the whole market and ranks by the product's rule. */
import type { RankingRule } from "../../reference/catalogue";
import type { Transact } from "../../platform/database";
import { bestByRule } from "./campaign-index/best";
import type { BestInput } from "./campaign-index/campaign-index";
import type { MatchedCampaign } from "./campaign-index/indexed-campaign";
import type { Market } from "./market.service";
import { needsRankFacts, shownBy } from "./ranking-rules";
import type { Rankings } from "./rankings.service";

export class Shortlist {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly market: Market;
      readonly rankings: Rankings;
    },
  ) {}

  /** The best campaign of each supplier, best supplier first. */
  async of({ lead, at, limit }: BestInput, rule: RankingRule): Promise<readonly MatchedCampaign[]> {
    const { transact, market, rankings } = this.deps;
    const index = await market.now();
    if (!needsRankFacts(shownBy(rule))) return index.best({ lead, at, limit });
    // Copied before anything is awaited, because campaigns may change meanwhile.
    const entries = [...index.matching(lead, at).entries()];
    const { product, place, leadId } = lead;
    const ranking = await transact({ role: "intake" }, (tx) =>
      rankings.of(tx, { rule: shownBy(rule), product, place, campaigns: entries }),
    );
    return bestByRule(entries, ranking, { leadId, limit });
  }
}

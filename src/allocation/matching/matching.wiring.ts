/** Which campaigns want a lead, held in memory and kept current. */
import type { CampaignBook } from "../../offers/campaigns";
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import type { Module } from "../../platform/module";
import { campaignsTopic, Market } from "./market.service";
import { Rankings, type RankingSources } from "./rankings.service";
import { Shortlist } from "./shortlist.service";

export interface MatchingServices {
  readonly market: Market;
  readonly rankings: Rankings;
  readonly shortlist: Shortlist;
}

export interface MatchingDeps {
  readonly campaigns: CampaignBook;
  readonly rankingSources: RankingSources;
}

export function buildMatching(
  { transact, hints, clock, log }: Foundation,
  { campaigns, rankingSources }: MatchingDeps,
): Module<MatchingServices> {
  const market = new Market({ transact, campaigns, hints });
  const rankings = new Rankings(rankingSources);
  /** Looks again without a hint, too: one may be lost with the connection it came by. */
  const follow = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(campaignsTopic);
    await market.look();
    await hints.changed(campaignsTopic, seen, { signal, backstopMs: 5_000 });
  };
  const index = (): { ok: boolean; text: string } => ({
    ok: market.isWhole,
    text: market.isWhole ? `${String(market.size)} campaigns` : "not read yet",
  });
  return {
    services: { market, rankings, shortlist: new Shortlist({ transact, market, rankings }) },
    prepare: [() => market.look()],
    jobs: [
      repeated({
        name: "reading what changed in the market",
        pauseMs: 1_000,
        clock,
        log,
        level: "warn",
        work: follow,
      }),
    ],
    healthChecks: [{ name: "index", now: index }],
  };
}

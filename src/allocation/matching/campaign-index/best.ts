/**
 * Which few suppliers rank first? Keeps only the best `limit` while it reads the matches, so it neither sorts
 * all of them nor draws lots for campaigns that cannot make the list. When price comes first, cheaper
 * campaigns are skipped by their price alone. Must return the same as sorting everything with `inRank`
 * (ranking.ts).
 */
import type { Ranking } from "../facts";
import { draw, factsIn, lotsOf, rankOf, comparisonsOf, type Drawn } from "../ranking";
import { byPrice } from "../ranking-rules";
import type { MatchedCampaign } from "./indexed-campaign";
import type { Matches } from "./matches";

export interface ShortlistRequest {
  /** Seeds the draw. */
  readonly leadId: string;
  /** The maximum number of suppliers. */
  readonly limit: number;
}

interface Leader {
  readonly entry: MatchedCampaign;
  readonly drawn: Drawn;
}

/** Ranks by price. */
export function bestByPrice(
  { handles, prices, entry }: Matches,
  wanted: ShortlistRequest,
): MatchedCampaign[] {
  const leaders = new Leaders(byPrice, wanted);
  for (const handle of handles) {
    if ((prices[handle] as number) >= leaders.leastCents) leaders.add(entry(handle));
  }
  return leaders.entries;
}

/** Ranks by any rule. The campaigns matched before the facts of the rule were read. */
export function bestByRule(
  entries: Iterable<MatchedCampaign>,
  ranking: Ranking,
  wanted: ShortlistRequest,
): MatchedCampaign[] {
  const leaders = new Leaders(ranking, wanted);
  for (const entry of entries) leaders.add(entry);
  return leaders.entries;
}

class Leaders {
  /** When the price comes first, a campaign below this price cannot make the list. */
  leastCents: number;
  private readonly leaders: Leader[] = [];
  private last: Leader | undefined;
  private readonly lots: (id: string) => number;
  private readonly factsOf: ReturnType<typeof factsIn>;
  private readonly bySteps: ReturnType<typeof comparisonsOf>;
  private readonly byRank: ReturnType<typeof rankOf>;

  constructor(
    ranking: Ranking,
    private readonly wanted: ShortlistRequest,
  ) {
    this.leastCents = wanted.limit > 0 ? -Infinity : Infinity;
    this.lots = lotsOf(wanted.leadId);
    this.factsOf = factsIn(ranking);
    this.bySteps = comparisonsOf(ranking);
    this.byRank = rankOf(ranking);
  }

  get entries(): MatchedCampaign[] {
    return this.leaders.map(({ entry }) => entry);
  }

  add(entry: MatchedCampaign): void {
    const placed = { contender: entry, facts: this.factsOf(entry) };
    // Once the list is full, a campaign that ranks behind its last entry needs no draw.
    const { last } = this;
    if (last && this.bySteps(placed, last.drawn) > 0) return;
    const drawn = draw(this.lots, placed);
    if (last && this.byRank(drawn, last.drawn) >= 0) return;
    this.place({ entry, drawn });
    if (this.leaders.length > this.wanted.limit) this.leaders.pop();
    this.settleLast();
  }

  private settleLast(): void {
    if (this.leaders.length < this.wanted.limit) return;
    this.last = this.leaders.at(-1);
    this.leastCents = this.last?.entry.pricePerLeadCents ?? Infinity;
  }

  /** Each supplier appears once, with its best campaign. */
  private place(one: Leader): void {
    const { leaders, byRank } = this;
    const own = leaders.findIndex(({ entry }) => entry.supplierId === one.entry.supplierId);
    const known = leaders[own];
    if (known && byRank(known.drawn, one.drawn) <= 0) return;
    if (known) leaders.splice(own, 1);
    const next = leaders.findIndex(({ drawn }) => byRank(one.drawn, drawn) < 0);
    leaders.splice(next < 0 ? leaders.length : next, 0, one);
  }
}

/** The first few suppliers of the ranking. Lots are drawn only for whoever could still be among them. */
import { byRank, draw, lotsOf, type Drawn } from "../ranking";
import type { Entry } from "./filed";
import type { Matches } from "./matches";

interface Leader {
  readonly entry: Entry;
  readonly drawn: Drawn;
}

export function bestOf({ handles, prices, entry }: Matches, leadId: string, limit: number): Entry[] {
  const leaders: Leader[] = [];
  const lots = lotsOf(leadId);
  let least = limit > 0 ? -Infinity : Infinity;
  for (const handle of handles) {
    if ((prices[handle] as number) < least) continue;
    const one = entry(handle);
    place(leaders, { entry: one, drawn: draw(lots, one) });
    if (leaders.length > limit) leaders.pop();
    if (leaders.length === limit) least = leaders.at(-1)?.entry.pricePerLeadCents ?? least;
  }
  return leaders.map(({ entry: leader }) => leader);
}

/** A supplier stands there once, with its best campaign. */
function place(leaders: Leader[], one: Leader): void {
  const own = leaders.findIndex(({ entry }) => entry.supplierId === one.entry.supplierId);
  const known = leaders[own];
  if (known && byRank(known.drawn, one.drawn) <= 0) return;
  if (known) leaders.splice(own, 1);
  const next = leaders.findIndex(({ drawn }) => byRank(one.drawn, drawn) < 0);
  leaders.splice(next < 0 ? leaders.length : next, 0, one);
}

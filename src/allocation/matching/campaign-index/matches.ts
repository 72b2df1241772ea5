/**
 * The result of an index query: the handles of the matching campaigns. Their details are looked up only on
 * demand.
 */
import type { MatchedCampaign } from "./indexed-campaign";

export class Matches {
  constructor(
    /** Ascending. A handle stands for the same campaign until that campaign changes. */
    readonly handles: Int32Array,
    private readonly campaigns: readonly (MatchedCampaign | null)[],
    /** By handle, so that the best few can be found without looking at most campaigns. */
    readonly prices: Float64Array,
  ) {}

  get count(): number {
    return this.handles.length;
  }

  *entries(): Generator<MatchedCampaign> {
    for (const handle of this.handles) yield this.entry(handle);
  }

  readonly entry = (handle: number): MatchedCampaign => {
    const entry = this.campaigns[handle];
    if (!entry) throw new Error("The matched campaign has changed since the query. Run the query again.");
    return entry;
  };
}

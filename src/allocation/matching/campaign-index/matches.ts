/** An answer of the index: who wants the need, by number, and who that is only when it is asked. */
import type { MatchedCampaign } from "./indexed-campaign";

export class Matches {
  constructor(
    /** Ascending; a number means the same campaign until that campaign changes. */
    readonly handles: Int32Array,
    private readonly campaigns: readonly (MatchedCampaign | null)[],
    /** By number, so that most campaigns need not be looked at to find the best few. */
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
    if (!entry) throw new Error("The campaign has changed since it matched: ask again.");
    return entry;
  };
}

/** The product's own index (src/allocation/matching/campaign-index), queried as previews query it. */
import { built } from "./built.mjs";
import { candidateOf, needOf } from "./product.mjs";

const { CampaignIndex } = built("allocation/matching/campaign-index/campaign-index");
const at = new Date("2026-06-17T10:00:00Z");

export function ourEngine() {
  const index = new CampaignIndex();
  return {
    name: "CarAtlas",
    index,
    add: (campaign) => index.replace(candidateOf(campaign)),
    // Separate steps for measurements of the index alone.
    read: candidateOf,
    file: (candidate) => index.replace(candidate),
    prepare: needOf,
    ask: (need, scope) => index.matching(need, at, scope),
    idsOf: (matches) =>
      Array.from(matches.entries(), ({ campaignId }) => parseInt(campaignId.slice(-12), 16)),
  };
}

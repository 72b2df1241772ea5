/** Functions that modules call after a commit to wake jobs and feeds. */
import { feedsTopic, feedTopic } from "../../account/feed";
import { openingsTopic } from "../../allocation/assign/allocator.job";
import { campaignsTopic } from "../../allocation/matching/market.service";
import type { Hints } from "../../platform/hints";

/** Called after commit. */
export interface Nudges {
  /** Waiting leads may be taken now. Also wakes the feeds of the suppliers passed in. */
  readonly opened: (...supplierIds: readonly string[]) => void;
  readonly campaignChanged: (supplierId: string) => void;
  readonly wake: (topics: readonly string[]) => void;
}

export const afterCommit = (hints: Hints): Nudges => ({
  opened: (...supplierIds) => {
    hints.publish([openingsTopic, ...supplierIds.map(feedTopic)]);
  },
  campaignChanged: (supplierId) => {
    hints.publish([campaignsTopic, openingsTopic, feedTopic(supplierId)]);
  },
  wake: (topics) => {
    hints.publish([...topics, feedsTopic]);
  },
});

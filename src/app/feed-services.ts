/** Suppliers' feeds: what reads them, what follows them, and who of their people is there. */
import type { Attended } from "../offers/campaigns";
import type { Rehearsal } from "../account/feed";
import { Cursors } from "../account/feed/cursor.service";
import { FeedReads } from "../account/feed/feed-reads.service";
import { FeedRetention } from "../account/feed/feed-retention.job";
import { FeedSource } from "../account/feed/feed-source.service";
import { FeedWatch } from "../account/feed/feed-watch.service";
import type { FeedService } from "../account/feed/feed.service";
import { Presence } from "../access/identity/presence.service";
import { readTogetherOn, type Transact } from "../platform/database";
import type { Foundation } from "./foundation";

interface FeedParts {
  readonly transact: Transact;
  readonly feed: FeedService;
  readonly rehearsal: Rehearsal;
  readonly presence: Presence;
}

export function feedServices(
  { source, hints, keys, feedEpoch, clock }: Foundation,
  { transact, feed, ...parts }: FeedParts,
) {
  const feedReads = new FeedReads(readTogetherOn(source, clock));
  const feedWatch = new FeedWatch(transact, hints);
  const cursors = new Cursors(keys.tokenKey, feedEpoch);
  return {
    feedReads,
    feedWatch,
    feedRetention: new FeedRetention(transact, clock),
    feedSource: new FeedSource(feed, { ...parts, reads: feedReads, watch: feedWatch }, cursors),
  };
}

interface PresenceParts {
  readonly transact: Transact;
  readonly attended: Attended;
  /** Called after commit. */
  readonly opened: (...suppliers: readonly string[]) => void;
}

export function presenceOf({ clock, log }: Foundation, { transact, attended, opened }: PresenceParts) {
  return new Presence({
    clock,
    transact,
    arrived: (tx, suppliers) => attended.arrived(tx, suppliers),
    opened: (suppliers) => {
      opened(...suppliers);
    },
    onError: (error) => {
      log.warn({ err: error }, "writing down who follows the feed failed; it will be tried again");
    },
  });
}

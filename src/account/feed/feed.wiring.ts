/** Builds the feed feature: appending, reading and following the suppliers' feeds, and deleting old events. */
import type { Presence } from "../../access/identity";
import { readTogetherOn } from "../../platform/database";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import type { Module } from "../../platform/module";
import { Cursors } from "./cursor.service";
import { FeedReads } from "./feed-reads.service";
import { FeedResolver, NoticeResolver } from "./feed.resolver";
import { FeedRetention } from "./feed-retention.job";
import { FeedService } from "./feed.service";
import { FeedSource, type SandboxHooks } from "./feed-source.service";
import { FeedWatch } from "./feed-watch.service";

export interface FeedServices {
  readonly feed: FeedService;
  readonly reads: FeedReads;
  readonly watch: FeedWatch;
  readonly source: FeedSource;
  readonly cursors: Cursors;
}

export interface FeedDeps {
  readonly presence: Presence;
  readonly sandboxHooks: SandboxHooks;
}

export function buildFeed(
  foundation: Foundation,
  { presence, sandboxHooks }: FeedDeps,
): Module<FeedServices> {
  const { database, transact, hints, keys, feedEpoch, clock } = foundation;
  const feed = new FeedService(transact);
  const reads = new FeedReads(readTogetherOn(database, clock));
  const watch = new FeedWatch(transact, hints);
  const cursors = new Cursors(keys.tokenKey, feedEpoch);
  const source = new FeedSource(feed, { reads, watch, presence, sandboxHooks }, cursors);
  return {
    services: { feed, reads, watch, source, cursors },
    resolvers: [new FeedResolver(source, clock), new NoticeResolver()],
    jobs: [followingOf(foundation, watch), retentionOf(foundation)],
  };
}

/** Looks at all followed feeds, so that a lost hint delays events by at most these seconds. */
const followingOf = ({ clock, log }: Foundation, watch: FeedWatch): Job =>
  repeated({
    name: "checking followed feeds for new events",
    pauseMs: 5_000,
    level: "warn",
    clock,
    log,
    work: () => watch.look(),
  });

/** A job of its own, because it can run for long on a large installation. */
function retentionOf({ transact, clock, log }: Foundation): Job {
  const retention = new FeedRetention(transact, clock);
  const drop = async (signal: AbortSignal): Promise<void> => {
    const dropped = await retention.run(signal);
    if (dropped > 0) log.info({ dropped }, "feed events past their retention were deleted");
  };
  return repeated({ name: "deleting old feed events", pauseMs: 600_000, clock, log, work: drop });
}

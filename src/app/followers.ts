/** What a process holds in memory and keeps current: it looks again when a hint says so, and now and then anyway. */
import { centroidsTopic } from "../reference/geo/centroids.service";
import { campaignsTopic } from "../allocation/matching/market.service";
import { repeat, type Repeated } from "../platform/every";
import type { Foundation } from "./foundation";
import type { Services } from "./services";

const centroidsBackstopMs = 60_000;
const marketBackstopMs = 5_000;
const feedsBackstopMs = 5_000;
const standingEveryMs = 10_000;

/** An import runs in a process of its own, and says so when it is done. */
export function followImports(
  { centroids, transact }: Services,
  { clock, hints, log }: Foundation,
): Repeated {
  const follow = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(centroidsTopic);
    await transact({ role: "worker" }, (tx) => centroids.load(tx));
    await hints.changed(centroidsTopic, seen, { signal, backstopMs: centroidsBackstopMs });
  };
  return repeat(follow, {
    clock,
    pauseMs: 1_000,
    onError: (error) => {
      log.warn({ err: error }, "reading where communes are failed; it will be tried again");
    },
  });
}

/** A hint may be lost with the connection it came by: without one it looks again, too. */
export function followMarket({ market }: Services, { clock, hints, log }: Foundation): Repeated {
  const follow = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(campaignsTopic);
    await market.look();
    await hints.changed(campaignsTopic, seen, { signal, backstopMs: marketBackstopMs });
  };
  return repeat(follow, {
    clock,
    pauseMs: 1_000,
    onError: (error) => {
      log.warn({ err: error }, "reading what changed in the market failed; it will be tried again");
    },
  });
}

/** For all feeds that anybody follows here: a lost hint costs these seconds and nothing else. */
export function followFeeds({ feedWatch }: Services, { clock, log }: Foundation): Repeated {
  return repeat(() => feedWatch.look(), {
    clock,
    pauseMs: feedsBackstopMs,
    onError: (error) => {
      log.warn({ err: error }, "asking which feeds have gone on failed; it will be tried again");
    },
  });
}

/** What /metrics says of sending to endpoints. */
export function watchEndpoints({ endpoints }: Services, { clock, metrics, log }: Foundation): Repeated {
  const look = async (): Promise<void> => {
    const { openCircuits, oldestWaitingSeconds } = await endpoints.standing.now();
    metrics.openCircuits.set(openCircuits);
    metrics.oldestWaitingSeconds.set(oldestWaitingSeconds);
  };
  return repeat(look, {
    clock,
    pauseMs: standingEveryMs,
    onError: (error) => {
      log.warn({ err: error }, "counting what waits to be sent failed; it will be tried again");
    },
  });
}

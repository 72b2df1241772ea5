/** Drops what the feed no longer keeps, apart from other cleaning: on a large installation it takes its time. */
import { repeat, type Repeated } from "../platform/every";
import type { Foundation } from "./foundation";
import type { Services } from "./services";

const lookEveryMs = 600_000;

export function dropOldEvents(
  { feedRetention }: Pick<Services, "feedRetention">,
  { clock, log }: Foundation,
): Repeated {
  const drop = async (signal: AbortSignal): Promise<void> => {
    const dropped = await feedRetention.run(signal);
    if (dropped > 0) log.info({ dropped }, "events of months that are no longer kept were dropped");
  };
  return repeat(drop, {
    clock,
    pauseMs: lookEveryMs,
    onError: (error) => {
      log.error({ err: error }, "dropping old events failed; it will be tried again");
    },
  });
}

/** Which way hints go, by the settings alone: so that a program beside the servers takes the same one. */
import type { HintTransport } from "../platform/hint-transport";
import { Hints } from "../platform/hints";
import { listenTransport } from "../platform/listen.adapter";
import type { Log } from "../platform/log";
import type { Metrics } from "../platform/metrics";
import { natsTransport } from "../platform/nats.adapter";
import type { Config } from "./settings/config";

/** With NATS nothing is notified through PostgreSQL any more: that commits do not queue for it is the point. */
export const hintTransportOf = ({ natsUrl }: Pick<Config, "natsUrl">, databaseUrl: string): HintTransport =>
  natsUrl === null ? listenTransport(databaseUrl) : natsTransport(natsUrl);

export interface HintsReport {
  readonly log: Log;
  readonly metrics: Metrics;
  /** A connection that breaks while everything is closed is closed: nothing to tell. */
  readonly stopping: AbortSignal;
}

/** Hints that say in the log when they stop and when they come again, once each, and count what they carry. */
export function hintsBy(transport: HintTransport, { log, metrics, stopping }: HintsReport): Hints {
  const { name } = transport;
  let connected: boolean | null = null;
  const change = (to: boolean, tell: () => void): void => {
    metrics.hintsConnected.set({ carrier: name }, to ? 1 : 0);
    if (connected !== to && !stopping.aborted) tell();
    connected = to;
  };
  return new Hints(transport, {
    onError: (err) => {
      change(false, () => {
        log.warn(
          { err, carrier: name },
          "hints do not travel: events may show seconds later; it is tried again",
        );
      });
    },
    onConnected: () => {
      change(true, () => {
        log.info({ carrier: name }, "hints travel between processes");
      });
    },
    onCarried: (direction, topics) => {
      metrics.hints.inc({ carrier: name, direction }, topics);
    },
  });
}

/** For /readyz: to know, not to decide by. Without hints everything works, some seconds later. */
export const hintsState = ({ transportName, isConnected }: Hints): string =>
  isConnected
    ? `by ${transportName}`
    : `${transportName} is not reachable: events show up to 5 seconds later`;

/** Chooses the transport of hints from the settings alone, so that command-line programs use the servers' transport. */
import type { HintTransport } from "../platform/hint-transport";
import { Hints } from "../platform/hints";
import { listenTransport } from "../platform/listen.adapter";
import type { Log } from "../platform/log";
import type { Metrics } from "../platform/metrics";
import { natsTransport } from "../platform/nats.adapter";
import type { Config } from "./settings/config";

/** With NATS, nothing is notified through PostgreSQL, so commits do not queue for the lock of NOTIFY. */
export const hintTransportOf = ({ natsUrl }: Pick<Config, "natsUrl">, databaseUrl: string): HintTransport =>
  natsUrl === null ? listenTransport(databaseUrl) : natsTransport(natsUrl);

export interface HintsReport {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Aborted at a shutdown, after which a closed connection is not reported. */
  readonly stopping: AbortSignal;
}

/** Creates hints that log each loss and return of the connection once, and count the topics sent and received. */
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
          "hints are not delivered; events may arrive seconds late; reconnecting",
        );
      });
    },
    onConnected: () => {
      change(true, () => {
        log.info({ carrier: name }, "hints are delivered between processes");
      });
    },
    onCarried: (direction, topics) => {
      metrics.hints.inc({ carrier: name, direction }, topics);
    },
  });
}

/** The state of hints for /readyz. It is information only: without hints everything works, some seconds later. */
export const hintsState = ({ transportName, isConnected }: Hints): string =>
  isConnected
    ? `by ${transportName}`
    : `${transportName} is not reachable: events show up to 5 seconds later`;

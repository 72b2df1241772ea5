/**
 * The metrics for Prometheus at /metrics. Every label has a small, fixed set of values: none chosen by a client,
 * and none about a person.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { SettledRow } from "./due-rows/due-rows";

export interface Metrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<"route" | "status">;
  readonly operations: Counter<"type" | "outcome">;
  readonly openSockets: Gauge;
  readonly openStreams: Gauge;
  readonly catchingUp: Gauge<"state">;
  readonly eventsSent: Counter;
  readonly hints: Counter<"carrier" | "direction">;
  readonly hintsConnected: Gauge<"carrier">;
  readonly deliveryAttempts: Counter<"kind" | "outcome">;
  readonly openCircuits: Gauge;
  readonly oldestWaitingSeconds: Gauge;
  readonly dueRows: Counter<"rows" | "outcome">;
}

/** Counts the outcomes of all work on due rows. */
export const countSettled =
  ({ dueRows }: Metrics): SettledRow =>
  (rows, outcome) => {
    dueRows.inc({ rows, outcome });
  };

/** Each call creates its own registry, so that two servers in one process have separate metrics. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpSeconds: new Histogram({
      name: "http_request_duration_seconds",
      help: "HTTP requests, by route and status.",
      labelNames: ["route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    operations: new Counter({
      name: "graphql_operations_total",
      help: "GraphQL operations, by type and by the code of their first error (OK: none).",
      labelNames: ["type", "outcome"],
      registers,
    }),
    openSockets: new Gauge({
      name: "graphql_open_sockets",
      help: "Open WebSockets.",
      registers,
    }),
    eventsSent: new Counter({
      name: "graphql_events_sent_total",
      help: "Events sent to subscriptions.",
      registers,
    }),
    ...hintMetrics(registers),
    ...deliveryMetrics(registers),
    dueRows: new Counter({
      name: "due_rows_total",
      help: "Attempts at due rows, by kind of row and outcome.",
      labelNames: ["rows", "outcome"],
      registers,
    }),
    ...followingMetrics(registers),
  };
}

const hintMetrics = (registers: Registry[]) => ({
  hints: new Counter({
    name: "hints_total",
    help: "Hints of changes sent to and received from other processes, by carrier and direction.",
    labelNames: ["carrier", "direction"],
    registers,
  }),
  hintsConnected: new Gauge({
    name: "hints_connected",
    help: "Whether the carrier of hints is connected (1) or readers rely on polling (0).",
    labelNames: ["carrier"],
    registers,
  }),
});

const deliveryMetrics = (registers: Registry[]) => ({
  deliveryAttempts: new Counter({
    name: "endpoint_attempts_total",
    help: "Attempts to send an event to a supplier's endpoint, by kind and outcome.",
    labelNames: ["kind", "outcome"],
    registers,
  }),
  openCircuits: new Gauge({
    name: "endpoint_open_circuits",
    help: "Active endpoints whose last five attempts or more failed. Every process reports the same.",
    registers,
  }),
  oldestWaitingSeconds: new Gauge({
    name: "endpoint_oldest_waiting_seconds",
    help: "Age of the oldest event not yet sent to an active endpoint. Every process reports the same.",
    registers,
  }),
});

const followingMetrics = (registers: Registry[]) => ({
  openStreams: new Gauge({
    name: "graphql_open_streams",
    help: "Open event streams over HTTP.",
    registers,
  }),
  catchingUp: new Gauge({
    name: "graphql_catching_up",
    help: "Pages being read for clients that catch up, and pages waiting to be read.",
    labelNames: ["state"],
    registers,
  }),
});

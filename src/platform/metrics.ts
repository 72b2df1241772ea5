/**
 * What is counted, for Prometheus at /metrics. Every label has a small, fixed set of values: nothing that a
 * client chose, and nothing about a person.
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

/** For everything that works through due rows. */
export const countSettled =
  ({ dueRows }: Metrics): SettledRow =>
  (rows, outcome) => {
    dueRows.inc({ rows, outcome });
  };

/** Each call has a registry of its own, so that two servers in one process do not count together. */
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
      help: "WebSockets that are open now.",
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
      help: "Attempts at rows that were due, by table and by what became of them.",
      labelNames: ["rows", "outcome"],
      registers,
    }),
    ...followingMetrics(registers),
  };
}

const hintMetrics = (registers: Registry[]) => ({
  hints: new Counter({
    name: "hints_total",
    help: "Hints to look again, by what carried them to and from other processes.",
    labelNames: ["carrier", "direction"],
    registers,
  }),
  hintsConnected: new Gauge({
    name: "hints_connected",
    help: "Whether hints travel now (1) or readers find out by looking (0).",
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
    help: "Active endpoints whose last five attempts or more failed; the same from every process.",
    registers,
  }),
  oldestWaitingSeconds: new Gauge({
    name: "endpoint_oldest_waiting_seconds",
    help: "Age of the oldest event that an active endpoint was not sent; the same from every process.",
    registers,
  }),
});

const followingMetrics = (registers: Registry[]) => ({
  openStreams: new Gauge({
    name: "graphql_open_streams",
    help: "Event streams over HTTP that are open now.",
    registers,
  }),
  catchingUp: new Gauge({
    name: "graphql_catching_up",
    help: "Pages that are read for those who catch up, and that wait for their turn to be read.",
    labelNames: ["state"],
    registers,
  }),
});

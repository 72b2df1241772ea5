import type { DataSource } from "typeorm";
import type { Clock } from "../platform/clock";
import type { Hints } from "../platform/hints";
import type { Log } from "../platform/log";
import type { Metrics } from "../platform/metrics";
import type { Collector } from "../billing/payments";
import type { Config } from "./settings/config";
import type { Keys } from "./keys";

/** What every service is built on. */
export interface Foundation {
  readonly source: DataSource;
  readonly hints: Hints;
  readonly keys: Keys;
  /** Null: Stripe is not set up. */
  readonly collector: Collector | null;
  readonly config: Config;
  readonly feedEpoch: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Where people and suppliers reach this server; known once it listens. */
  readonly publicUrl: () => string;
}

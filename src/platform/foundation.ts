/** The services and values that every module is built with. */
import type { Clock } from "./clock";
import type { Transact } from "./database";
import type { Hints } from "./hints";
import type { Log } from "./log";
import type { Metrics } from "./metrics";
import type { Database } from "./pools";
import type { KeyRing } from "./sealed/key-ring";

/** The keys of an installation. */
export interface Keys {
  readonly masterKey: KeyRing;
  readonly indexKey: KeyRing;
  readonly tokenKey: KeyRing;
  /** The receipt service manages its own set of keys (receipt.service.ts). */
  readonly receiptKey: Buffer;
}

export interface Foundation {
  readonly database: Database;
  readonly transact: Transact;
  readonly hints: Hints;
  readonly keys: Keys;
  /** Part of every cursor, so that cursors of another installation are refused. */
  readonly feedEpoch: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The public address of this server. It is known once the server listens. */
  readonly publicUrl: () => string;
}

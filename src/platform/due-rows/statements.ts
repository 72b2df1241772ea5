/**
 * The SQL statements that a feature gives to DueRows, one function each. A feature writes them out for its own table,
 * so that every table has one owner and no table name is put together at run time.
 *
 * A lease is a time in the row: `until` is written where the row says when it is due next. Nobody else takes the row
 * before then, and the same value proves later that the lease was not taken over: a takeover always writes a later
 * time, because it happens after the old lease has ended. `done`, `retry` and `giveUp` therefore change a row only
 * while it still holds `heldUntil`.
 */
import type { EntityManager } from "typeorm";

export interface DueRow {
  readonly id: string;
  /** Attempts before this one; 0 where they are not counted. */
  readonly attempts: number;
  /** Its age is counted from here. */
  readonly since: Date;
}

export interface Lease {
  readonly now: Date;
  readonly until: Date;
}

/** A row as a worker claimed it. */
export type Claimed<Row> = Row & { readonly heldUntil: Date };

/** A lease that is renewed: only while it still is the one that ends at `heldUntil`. */
export interface Renewal {
  readonly heldUntil: Date;
  readonly until: Date;
}

export interface DueStatements<Row extends DueRow, Done> {
  /** Takes one row that is due at `now`, skipping those that another worker is taking (SKIP LOCKED). */
  claim(tx: EntityManager, lease: Lease): Promise<Row | null>;
  /** These three answer false, and change nothing, when the row is not held until `heldUntil` any more. */
  done(tx: EntityManager, row: Claimed<Row>, value: Done): Promise<boolean>;
  /** Due again at `at`. A failure of null leaves the last one as it is. */
  retry(
    tx: EntityManager,
    row: Claimed<Row>,
    to: { readonly at: Date; readonly failure: string | null },
  ): Promise<boolean>;
  /** Left out where nothing is ever given up. */
  giveUp?(tx: EntityManager, row: Claimed<Row>, failure: string): Promise<boolean>;
}

/** Thrown by work that finds its lease taken over: what it began is rolled back and the row is left alone. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
  constructor() {
    super("The lease ended and another worker took the row over.");
  }
}

export const leaseFrom = (now: Date, leaseMs: number): Lease => ({
  now,
  until: new Date(now.getTime() + leaseMs),
});

/** The rows of an UPDATE with RETURNING, as TypeORM answers them. */
export const returned = <Row>([rows]: [Row[], number]): Row | null => rows[0] ?? null;

/** Whether an UPDATE found its row. */
export const changed = ([, count]: [unknown, number]): boolean => count > 0;

/**
 * Works through the rows of a table that are due: claims one under a lease, does the work outside of any transaction,
 * and writes down what became of it while the lease still holds. A worker that is killed blocks a row until its lease
 * ends, then another one takes it; a worker that comes late changes nothing. Work must be safe to repeat.
 *
 * Rows are claimed one by one: the lease of a row that waited behind others could end before its turn came.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../clock";
import type { Transact } from "../database";
import { serializeCalls } from "../serialize-calls";
import { randomFraction } from "../random";
import { settlementOf, type Attempted, type RetryRule, type Settlement } from "../../shared/retry";
import {
  LeaseLost,
  leaseFrom,
  type DueRow,
  type DueStatements,
  type Claimed,
  type Renewal,
} from "./statements";

/** RELEASED: the worker was stopped before it had finished. LOST: the lease had been taken over. */
export type DueOutcome = Settlement<unknown>["kind"] | "RELEASED" | "LOST";

/** Told what became of each row; for metrics. */
export type SettledRow = (rows: string, outcome: DueOutcome) => void;

export interface DuePolicy {
  /** The name of the table, for metrics. */
  readonly name: string;
  /** Longer than the work may take. */
  readonly leaseMs: number;
  readonly rule: RetryRule;
}

/** A worker's hold on a row. */
export interface Hold {
  readonly signal: AbortSignal;
  /**
   * For work in several steps, each shorter than the lease: writes a step down and renews the lease, in one
   * transaction. `write` answers false, and the step is rolled back with LeaseLost, when the lease was taken over.
   */
  renew(write: (tx: EntityManager, lease: Renewal) => Promise<boolean>): Promise<void>;
}

export interface DueRowsDeps<Row extends DueRow, Done> extends DuePolicy {
  readonly statements: DueStatements<Row, Done>;
  /** What it throws counts as a failure. It throws when the signal ends it. */
  readonly work: (row: Row, hold: Hold) => Promise<Attempted<Done>>;
  /** What an error says about the row: by default, that it failed, with the error's name. */
  readonly failureOf?: (error: unknown) => Exclude<Attempted<Done>, { kind: "DONE" }>;
  readonly transact: Transact;
  readonly clock: Clock;
  /** At least 0 and below 1, for the jitter of waits. */
  readonly draw?: () => number;
  readonly onError: (error: unknown, id: string) => void;
  readonly settled: SettledRow;
}

/** Then the caller's other work has its turn; the rest is due in the next run. */
const mostInOneRun = 200;

export class DueRows<Row extends DueRow, Done> {
  constructor(private readonly deps: DueRowsDeps<Row, Done>) {}

  /** Safe in several processes at once. Resolves with the number of rows that were done. */
  readonly run = serializeCalls(async (signal: AbortSignal): Promise<number> => {
    let done = 0;
    for (let worked = 0; worked < mostInOneRun && !signal.aborted; worked++) {
      const row = await this.claim();
      if (row === null) break;
      if ((await this.attempt(row, signal)) === "DONE") done += 1;
    }
    return done;
  });

  async claim(): Promise<Claimed<Row> | null> {
    const { transact, statements, clock, leaseMs } = this.deps;
    const lease = leaseFrom(clock.now(), leaseMs);
    const row = await transact({ role: "worker" }, (tx) => statements.claim(tx, lease));
    return row && { ...row, heldUntil: lease.until };
  }

  /** One attempt at a row that this worker holds. */
  async attempt(row: Claimed<Row>, signal: AbortSignal = neverAborted): Promise<DueOutcome> {
    let { heldUntil } = row;
    const renew: Hold["renew"] = async (write) => {
      heldUntil = await this.renew(heldUntil, write);
    };
    const attempted = await this.worked(row, { signal, renew });
    const outcome = attempted === "LOST" ? attempted : await this.settle({ ...row, heldUntil }, attempted);
    this.deps.settled(this.deps.name, outcome);
    return outcome;
  }

  private async renew(heldUntil: Date, write: Parameters<Hold["renew"]>[0]): Promise<Date> {
    const { transact, clock, leaseMs } = this.deps;
    const { until } = leaseFrom(clock.now(), leaseMs);
    await transact({ role: "worker" }, async (tx) => {
      if (!(await write(tx, { heldUntil, until }))) throw new LeaseLost();
    });
    return until;
  }

  private async worked(row: Claimed<Row>, hold: Hold): Promise<Attempted<Done> | "RELEASED" | "LOST"> {
    const { work, onError, failureOf = nameOf } = this.deps;
    try {
      return await work(row, hold);
    } catch (error) {
      if (hold.signal.aborted) return "RELEASED";
      onError(error, row.id);
      return error instanceof LeaseLost ? "LOST" : failureOf(error);
    }
  }

  private async settle(row: Claimed<Row>, attempted: Attempted<Done> | "RELEASED"): Promise<DueOutcome> {
    const { transact, statements, clock } = this.deps;
    const now = clock.now();
    const settlement = attempted === "RELEASED" ? null : this.decide(row, attempted, now);
    const isHeld = await transact({ role: "worker" }, (tx) => {
      if (settlement === null) return statements.retry(tx, row, { at: now, failure: null });
      if (settlement.kind === "DONE") return statements.done(tx, row, settlement.value);
      const { failure } = settlement;
      if (settlement.kind === "GIVEN_UP") return this.giveUp()(tx, row, failure);
      return statements.retry(tx, row, { at: new Date(now.getTime() + settlement.waitMs), failure });
    });
    if (!isHeld) return "LOST";
    return settlement?.kind ?? "RELEASED";
  }

  private decide(row: Claimed<Row>, attempted: Attempted<Done>, now: Date): Settlement<Done> {
    const { rule, draw = randomFraction } = this.deps;
    const ageMs = Math.max(0, now.getTime() - row.since.getTime());
    return settlementOf(attempted, rule, { failures: row.attempts + 1, ageMs, draw: draw() });
  }

  private giveUp(): NonNullable<DueStatements<Row, Done>["giveUp"]> {
    const { statements, name } = this.deps;
    if (!statements.giveUp)
      throw new Error(`A row of ${name} was given up, and there is no statement for it.`);
    return statements.giveUp.bind(statements);
  }
}

const neverAborted = new AbortController().signal;
const nameOf = (error: unknown) => ({
  kind: "FAILED" as const,
  failure: error instanceof Error ? error.name : "unknown",
});

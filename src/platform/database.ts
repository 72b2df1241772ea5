/**
 * Access to PostgreSQL. Every transaction has a scope: its role decides the login that it runs as, and its tenant is set
 * with SET LOCAL, so that row-level security applies to every query and nothing leaks through a pooled connection.
 */
import type { QueryResult } from "pg";
import type { DataSource, EntityManager, QueryRunner } from "typeorm";
import { systemClock } from "./clock";
import { DatabaseAway, isAway } from "./database-fault";
import { setScope, type Moved, type Scope, type SupplierScope } from "./database-scope";
import type { Database } from "./pools";
import { clientOf, endClient, markTransactionActive, queryMany } from "./typeorm-internals.adapter";

export { idLiteral, type Scope, type SupplierScope } from "./database-scope";

/** Runs `work` in one transaction. `work` may run again after a conflict, so it must only change what `tx` reaches. */
export type Transact = <T>(scope: Scope, work: (tx: EntityManager) => Promise<T>) => Promise<T>;

const maxAttempts = 3;
/** More than a pool has connections: each of these attempts closes one. */
const maxStaleConnections = 250;

/** Called when a transaction fails because the database is away, with what PostgreSQL or the network said. */
type OnAway = (error: unknown) => void;

/**
 * Retries the whole work in a new transaction after a serialization failure or a deadlock (40001, 40P01), and on another
 * connection when a migration has changed what its prepared statements return. Throws `DatabaseAway` when the database
 * cannot be reached or written.
 */
export function transactOn(
  database: Database,
  clock: Moved = systemClock,
  onAway: OnAway = () => undefined,
): Transact {
  return async (scope, work) => {
    let stale = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(database.of(scope.role), setScope(scope, clock), work);
      } catch (error) {
        if (isAway(error)) {
          onAway(error);
          throw new DatabaseAway(error);
        }
        if (isStalePlan(error) && stale++ < maxStaleConnections) attempt -= 1;
        else if (attempt === maxAttempts || !mayBeRetried(error)) throw error;
      }
    }
  };
}

async function once<T>(
  source: DataSource,
  settings: readonly string[],
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    const result = await inside(runner, settings, work);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    // A connection keeps its prepared statements for its whole life, so this one is of no use any more.
    if (isStalePlan(error)) await closeConnection(runner);
    else if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

export interface ScopedRead {
  readonly scope: SupplierScope;
  /** One SELECT. Its values are inlined in the text: numbers, and ids checked by `idLiteral`. */
  readonly sql: string;
}

/** Runs several reads for suppliers in one round trip, each in a transaction with its own scope. */
export type ReadTogether = (readings: readonly ScopedRead[]) => Promise<Record<string, unknown>[][]>;

export function readTogetherOn(database: Database, clock: Moved = systemClock): ReadTogether {
  return async (readings) => {
    const runner = database.of("supplier").createQueryRunner();
    try {
      const client = await clientOf(runner);
      const text = readings.map(
        ({ scope, sql }) => `BEGIN READ ONLY; ${[...setScope(scope, clock), sql].join("; ")}; COMMIT`,
      );
      const results = await queryMany(client, text.join("; ")).catch(async (error: unknown) => {
        // A failed read leaves its transaction open. Nothing else may run in it or in its scope.
        await client.query("ROLLBACK").catch(() => undefined);
        throw error;
      });
      return selected(results);
    } catch (error) {
      throw isAway(error) ? new DatabaseAway(error) : error;
    } finally {
      await runner.release();
    }
  };
}

const selected = (results: readonly QueryResult[]): Record<string, unknown>[][] =>
  results.filter(({ command }) => command === "SELECT").map(({ rows }) => rows as Record<string, unknown>[]);

/**
 * The first query of `work` is sent right behind the statements that set the scope, without waiting for their
 * answer. If they fail, PostgreSQL refuses everything after them.
 */
async function inside<T>(
  runner: QueryRunner,
  settings: readonly string[],
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const client = await clientOf(runner);
  markTransactionActive(runner);
  const entered = client.query(["START TRANSACTION", ...settings].join("; "));
  // Waits for both, because no query may be running when the connection returns to the pool.
  const [, done] = await Promise.allSettled([entered, work(runner.manager)]);
  await entered;
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

/** "cached plan must not change result type": a migration changed a table since the statement was prepared. */
function isStalePlan(error: unknown): boolean {
  const { code, message = "" } = error as { code?: unknown; message?: string };
  return code === "0A000" && message.includes("cached plan");
}

/** The pool drops a connection that has ended when it is released. */
async function closeConnection(runner: QueryRunner): Promise<void> {
  const client = await clientOf(runner);
  await endClient(client).catch(() => undefined);
}

function mayBeRetried(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "40001" || code === "40P01";
}

/**
 * Access to PostgreSQL. Every transaction has a scope: it sets its role and its tenant with SET LOCAL, so that
 * row-level security applies to every query and nothing leaks through a pooled connection. The login role itself
 * has no privileges.
 */
import type { QueryResult } from "pg";
import { DataSource, type EntityManager, type MixedList, type QueryRunner } from "typeorm";
import { systemClock } from "./clock";
import { DatabaseAway, explainingFaults, isAway } from "./database-fault";
import { setScope, type Moved, type Scope } from "./database-scope";
import { SnakeNaming } from "./naming";
import { clientOf, markTransactionActive, queryMany } from "./typeorm-internals.adapter";

export { idLiteral, type Scope, type SupplierScope } from "./database-scope";

/** Runs `work` in one transaction. `work` may run again after a conflict, so it must only change what `tx` reaches. */
export type Transact = <T>(scope: Scope, work: (tx: EntityManager) => Promise<T>) => Promise<T>;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: MixedList<new () => object>;
  readonly poolSize?: number;
  /** How long a transaction waits for a connection. A test on a busy machine may wait longer. */
  readonly connectTimeoutMs?: number | undefined;
  /** Called when an idle connection breaks. The pool replaces it. */
  readonly onError?: (error: Error) => void;
}

const maxAttempts = 3;
const statementTimeoutMs = 12_000;
const idleTimeoutMs = 15_000;

export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const source = new DataSource({
    type: "postgres",
    url: options.url,
    entities: options.entities,
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    migrationsRun: false,
    synchronize: false,
    logging: false,
    poolSize: options.poolSize ?? 20,
    connectTimeoutMS: options.connectTimeoutMs ?? 5_000,
    poolErrorHandler: options.onError ?? (() => undefined),
    extra: {
      statement_timeout: statementTimeoutMs,
      // A hanging process or a lost machine must not keep a supplier's account locked for hours.
      idle_in_transaction_session_timeout: idleTimeoutMs,
      keepAlive: true,
      application_name: "caratlas",
      // Queries issued together on one connection are sent without waiting for each other's answers.
      pipeline: true,
    },
  });
  return explainingFaults(options.url, () => source.initialize());
}

/** Called when a transaction fails because the database is away, with what PostgreSQL or the network said. */
type OnAway = (error: unknown) => void;

/**
 * Retries the whole work in a new transaction after a serialization failure or a deadlock (40001, 40P01). Throws
 * `DatabaseAway` when the database cannot be reached or written.
 */
export function transactOn(
  source: DataSource,
  clock: Moved = systemClock,
  onAway: OnAway = () => undefined,
): Transact {
  return async (scope, work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(source, setScope(scope, clock), work);
      } catch (error) {
        if (isAway(error)) {
          onAway(error);
          throw new DatabaseAway(error);
        }
        if (attempt === maxAttempts || !mayBeRetried(error)) throw error;
      }
    }
  };
}

async function once<T>(
  source: DataSource,
  entry: string,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    const result = await inside(runner, entry, work);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

export interface ScopedRead {
  readonly scope: Scope;
  /** One SELECT. Its values are inlined in the text: numbers, and ids checked by `idLiteral`. */
  readonly sql: string;
}

/** Runs several reads in one round trip, each in a transaction with its own scope. */
export type ReadTogether = (readings: readonly ScopedRead[]) => Promise<Record<string, unknown>[][]>;

export function readTogetherOn(source: DataSource, clock: Moved = systemClock): ReadTogether {
  return async (readings) => {
    const runner = source.createQueryRunner();
    try {
      const client = await clientOf(runner);
      const text = readings.map(
        ({ scope, sql }) => `BEGIN READ ONLY; ${setScope(scope, clock)}; ${sql}; COMMIT`,
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
  entry: string,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const client = await clientOf(runner);
  markTransactionActive(runner);
  const entered = client.query(`START TRANSACTION; ${entry}`);
  // Waits for both, because no query may be running when the connection returns to the pool.
  const [, done] = await Promise.allSettled([entered, work(runner.manager)]);
  await entered;
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

function mayBeRetried(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "40001" || code === "40P01";
}

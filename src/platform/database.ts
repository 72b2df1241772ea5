/**
 * The way to PostgreSQL. A transaction always says in whose name it runs: `SET LOCAL ROLE` and the
 * tenant are set inside it, so that row-level security holds whatever the query forgets, and
 * nothing leaks through a pooled connection. The login role itself may do nothing.
 */
import type { QueryResult } from "pg";
import { DataSource, type EntityManager, type MixedList, type QueryRunner } from "typeorm";
import { systemClock, type Clock } from "./clock";
import { SnakeNaming } from "./naming";
import { clientOf, markTransactionActive, queryMany } from "./typeorm-internals.adapter";
import { isId } from "../shared/months";

/** A supplier's rows, or the part of them that somebody of it may see. */
export interface SupplierScope {
  readonly role: "supplier";
  readonly supplierId: string;
  /** null: all of them. Always said, so that nobody sees all of them because it was forgotten. */
  readonly limits: { readonly sites: readonly string[]; readonly campaigns: readonly string[] } | null;
}

/** Whose rows a transaction can see. */
export type Scope =
  | { readonly role: "gate" | "staff" | "worker" }
  | SupplierScope
  | { readonly role: "person"; readonly leadId: string }
  /** What a sandbox makes. Without a supplier: what is to be erased in any of them. */
  | { readonly role: "sandbox"; readonly supplierId: string | null };

/** One writing operation is one transaction. `work` touches only `tx`, because it may run again. */
export type Transact = <T>(scope: Scope, work: (tx: EntityManager) => Promise<T>) => Promise<T>;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: MixedList<new () => object>;
  readonly poolSize?: number;
  /** Told when an idle connection breaks; the pool replaces it. */
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
    connectTimeoutMS: 5_000,
    poolErrorHandler: options.onError ?? (() => undefined),
    extra: {
      statement_timeout: statementTimeoutMs,
      // A process that hangs, or a machine that is gone, must not hold a supplier's account for hours.
      idle_in_transaction_session_timeout: idleTimeoutMs,
      keepAlive: true,
      application_name: "caratlas",
      // What is asked at once on one connection travels together and is answered in its order.
      pipeline: true,
    },
  });
  return source.initialize();
}

/** The clock by which `present()` goes in SQL. It is read for each transaction, because a test may move it. */
type Moved = Pick<Clock, "movedMs">;

/** Runs the whole work again in a fresh transaction when PostgreSQL asks for it (40001, 40P01). */
export function transactOn(source: DataSource, clock: Moved = systemClock): Transact {
  return async (scope, work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(source, entering(scope, clock), work);
      } catch (error) {
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

export interface Reading {
  readonly scope: Scope;
  /** One SELECT. Its values stand in the text itself: numbers, and ids that were checked. */
  readonly sql: string;
}

/** Several readings, each in a transaction and a name of its own, in one journey to the database and back. */
export type ReadTogether = (readings: readonly Reading[]) => Promise<Record<string, unknown>[][]>;

export function readTogetherOn(source: DataSource, clock: Moved = systemClock): ReadTogether {
  return async (readings) => {
    const runner = source.createQueryRunner();
    try {
      const client = await clientOf(runner);
      const text = readings.map(
        ({ scope, sql }) => `BEGIN READ ONLY; ${entering(scope, clock)}; ${sql}; COMMIT`,
      );
      const results = await queryMany(client, text.join("; ")).catch(async (error: unknown) => {
        // What failed left its transaction open: nothing may go on in it, or in its name.
        await client.query("ROLLBACK");
        throw error;
      });
      return selected(results);
    } finally {
      await runner.release();
    }
  };
}

const selected = (results: readonly QueryResult[]): Record<string, unknown>[][] =>
  results.filter(({ command }) => command === "SELECT").map(({ rows }) => rows as Record<string, unknown>[]);

/** An id as it may stand in the text of a statement. */
export function idLiteral(id: string): string {
  if (!isId(id)) throw new Error("Not an id: it cannot stand in a statement.");
  return `'${id}'`;
}

/**
 * The first thing that is asked goes out right behind the entering, without waiting for its answer: if that
 * failed, PostgreSQL refuses everything after it.
 */
async function inside<T>(
  runner: QueryRunner,
  entry: string,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const client = await clientOf(runner);
  markTransactionActive(runner);
  const entered = client.query(`START TRANSACTION; ${entry}`);
  // Both are heard to their ends: nothing may still be asked when the connection is given back.
  const [, done] = await Promise.allSettled([entered, work(runner.manager)]);
  await entered;
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

function entering(scope: Scope, { movedMs }: Moved): string {
  const name = inTheNameOf(scope);
  return movedMs === 0 ? name : `${name}; SET LOCAL caratlas.present_offset = '${Math.round(movedMs)} ms'`;
}

function inTheNameOf(scope: Scope): string {
  const role = `SET LOCAL ROLE caratlas_${scope.role}`;
  if (scope.role === "supplier") return [role, ...asSupplier(scope)].join("; ");
  if (scope.role === "sandbox" && scope.supplierId !== null)
    return `${role}; ${setting("supplier_id", scope.supplierId)}`;
  if (scope.role === "person") return `${role}; ${setting("lead_id", scope.leadId)}`;
  return role;
}

function asSupplier({ supplierId, limits }: SupplierScope): string[] {
  const supplier = setting("supplier_id", supplierId);
  // Empty lists are written as such: what says nothing is unlimited.
  return limits === null
    ? [supplier]
    : [supplier, settings("sites", limits.sites), settings("campaigns", limits.campaigns)];
}

function setting(name: string, id: string): string {
  // The value stands in the statement itself, so it must be an id and nothing else.
  if (!isId(id)) throw new Error(`Not an id: a transaction cannot be entered for this ${name}.`);
  return `SET LOCAL caratlas.${name} = '${id}'`;
}

function settings(name: string, ids: readonly string[]): string {
  if (!ids.every(isId)) throw new Error(`Not ids: a transaction cannot be entered for these ${name}.`);
  return `SET LOCAL caratlas.${name} = '{${ids.join(",")}}'`;
}

function mayBeRetried(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "40001" || code === "40P01";
}

/**
 * The way to PostgreSQL. A transaction always says in whose name it runs: `SET LOCAL ROLE` and the
 * tenant are set inside it, so that row-level security holds whatever the query forgets, and
 * nothing leaks through a pooled connection. The login role itself may do nothing.
 */
import { DataSource, type EntityManager, type MixedList } from "typeorm";
import { SnakeNaming } from "./naming";
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
  | { readonly role: "person"; readonly leadId: string };

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
    },
  });
  return source.initialize();
}

/** Runs the whole work again in a fresh transaction when PostgreSQL asks for it (40001, 40P01). */
export function transactOn(source: DataSource): Transact {
  return async (scope, work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(source, scope, work);
      } catch (error) {
        if (attempt === maxAttempts || !mayBeRetried(error)) throw error;
      }
    }
  };
}

async function once<T>(
  source: DataSource,
  scope: Scope,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query(entering(scope));
    const result = await work(runner.manager);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

function entering(scope: Scope): string {
  const role = `SET LOCAL ROLE caratlas_${scope.role}`;
  if (scope.role === "supplier") return [role, ...inTheNameOf(scope)].join("; ");
  if (scope.role === "person") return `${role}; ${setting("lead_id", scope.leadId)}`;
  return role;
}

function inTheNameOf({ supplierId, limits }: SupplierScope): string[] {
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

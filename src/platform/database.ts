/**
 * The way to PostgreSQL. A transaction always says in whose name it runs: `SET LOCAL ROLE` and the
 * tenant are set inside it, so that row-level security holds whatever the query forgets, and
 * nothing leaks through a pooled connection. The login role itself may do nothing.
 */
import { DataSource, type EntityManager, type MixedList } from "typeorm";
import { SnakeNaming } from "./naming";
import { isId } from "../shared/months";

/** Whose rows a transaction can see. */
export type Scope =
  | { readonly role: "gate" | "staff" | "worker" }
  | { readonly role: "supplier"; readonly supplierId: string }
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
  if (scope.role === "supplier") return `${role}; ${setting("supplier_id", scope.supplierId)}`;
  if (scope.role === "sandbox" && scope.supplierId !== null)
    return `${role}; ${setting("supplier_id", scope.supplierId)}`;
  if (scope.role === "person") return `${role}; ${setting("lead_id", scope.leadId)}`;
  return role;
}

function setting(name: string, id: string): string {
  // The value stands in the statement itself, so it must be an id and nothing else.
  if (!isId(id)) throw new Error(`Not an id: a transaction cannot be entered for this ${name}.`);
  return `SET LOCAL caratlas.${name} = '${id}'`;
}

function mayBeRetried(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "40001" || code === "40P01";
}

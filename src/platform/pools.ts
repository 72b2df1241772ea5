/** The connections to PostgreSQL: a pool for each login, so that none waits for another and none sees more than its own. */
import { DataSource, type MixedList } from "typeorm";
import { explainingFaults } from "./database-fault";
import { databaseRoles, loginOf, type DatabaseRole, type Server } from "./logins";
import { SnakeNaming } from "./naming";
import { surviveErrors } from "./typeorm-internals.adapter";

export interface Database {
  of(role: DatabaseRole): DataSource;
  destroy(): Promise<void>;
}

/** The most connections of each login. */
export type PoolSizes = Readonly<Record<DatabaseRole, number>>;

export const defaultPoolSizes: PoolSizes = {
  ...{ gate: 4, supplier: 8, sandbox: 3, person: 3 },
  ...{ intake: 8, staff: 4, worker: 8 },
};

interface Connecting {
  readonly entities: MixedList<new () => object>;
  /** How long a transaction waits for a connection. A test on a busy machine may wait longer. */
  readonly connectTimeoutMs?: number | undefined;
  /** Called when an idle connection breaks. The pool replaces it. */
  readonly onError?: (error: Error) => void;
}

export interface DatabaseOptions extends Connecting, Server {
  /** The same number for all, or a number for each. */
  readonly poolSizes?: PoolSizes | number;
  /** Default: all. */
  readonly roles?: readonly DatabaseRole[];
}

export const statementTimeoutMs = 12_000;
export const idleTimeoutMs = 15_000;

/** Rejects when one of the logins cannot connect. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { roles = databaseRoles, poolSizes = defaultPoolSizes } = options;
  const sizeOf = (role: DatabaseRole): number =>
    typeof poolSizes === "number" ? poolSizes : poolSizes[role];
  const opened = await Promise.allSettled(
    roles.map(async (role) => {
      const { url } = loginOf(options, role);
      return [role, await openSource({ ...options, url, poolSize: sizeOf(role) })] as const;
    }),
  );
  const pools = new Map(opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
  const destroy = async (): Promise<void> => {
    await Promise.all([...pools.values()].map((source) => source.destroy()));
  };
  for (const one of opened) {
    if (one.status === "fulfilled") continue;
    await destroy();
    throw one.reason;
  }
  return { of: (role) => poolIn(pools, role), destroy };
}

function poolIn(pools: ReadonlyMap<DatabaseRole, DataSource>, role: DatabaseRole): DataSource {
  const source = pools.get(role);
  if (!source) throw new Error(`This program has no connections for the role ${role}.`);
  return source;
}

/** One pool for one login. */
export async function openSource(
  options: Connecting & { readonly url: string; readonly poolSize: number },
): Promise<DataSource> {
  const source = new DataSource({
    type: "postgres",
    url: options.url,
    entities: options.entities,
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    migrationsRun: false,
    synchronize: false,
    logging: false,
    poolSize: options.poolSize,
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
  await explainingFaults(options.url, () => source.initialize());
  surviveErrors(source);
  return source;
}

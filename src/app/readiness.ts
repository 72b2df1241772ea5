/** The answer of /readyz. */
import type { Foundation } from "../platform/foundation";
import { canWrite } from "../platform/can-write";
import type { Readiness } from "../platform/http/health";
import { pendingMigrations } from "../platform/migrate";
import type { HealthCheck } from "../platform/module";
import { hintsState } from "./hint-transport";

/** Missing hints do not make the server unready: without them everything works, some of it later. */
export async function readiness(
  { database, transact, hints: by }: Pick<Foundation, "database" | "transact" | "hints">,
  healthChecks: readonly HealthCheck[],
): Promise<Readiness> {
  const states = healthChecks.map((check) => ({ name: check.name, ...check.now() }));
  const checks = Object.fromEntries(states.map(({ name, text }) => [name, text]));
  const hints = hintsState(by);
  const pending = await pendingMigrations(database.of("worker")).catch(() => null);
  if (pending === null) {
    return { ok: false, checks: { database: "not reachable", migrations: "unknown", hints, ...checks } };
  }
  const isWritable = await canWrite(transact);
  const state = isWritable ? "ok" : "not writable";
  const migrations = pending === 0 ? "ok" : `${String(pending)} pending`;
  const ok = pending === 0 && isWritable && states.every((state) => state.ok);
  return { ok, checks: { database: state, migrations, hints, ...checks } };
}

/** The answer of /readyz. */
import type { Foundation } from "../platform/foundation";
import type { Transact } from "../platform/database";
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

/**
 * Whether a transaction can write and commit, and whether the disk has room. The sort does not fit into its memory, so
 * it needs a new file; the row could be written into free space even on a full disk.
 */
async function canWrite(transact: Transact): Promise<boolean> {
  try {
    await transact({ role: "worker" }, async (tx) => {
      await tx.query("SET LOCAL work_mem = '64kB'");
      await tx.query(
        "SELECT count(*) FROM (SELECT repeat('x', 100) || n AS line FROM generate_series(1, 3000) n ORDER BY 1 OFFSET 1) sorted",
      );
      await tx.query("UPDATE installation SET key_check = key_check");
    });
    return true;
  } catch {
    return false;
  }
}

/** The answer of /readyz. */
import type { Foundation } from "../platform/foundation";
import type { Readiness } from "../platform/http/health";
import { pendingMigrations } from "../platform/migrate";
import type { HealthCheck } from "../platform/module";
import { hintsState } from "./hint-transport";

/** Missing hints do not make the server unready: without them everything works, some of it later. */
export async function readiness(
  { source, hints: by }: Pick<Foundation, "source" | "hints">,
  healthChecks: readonly HealthCheck[],
): Promise<Readiness> {
  const states = healthChecks.map((check) => ({ name: check.name, ...check.now() }));
  const checks = Object.fromEntries(states.map(({ name, text }) => [name, text]));
  const hints = hintsState(by);
  try {
    const pending = await pendingMigrations(source);
    const migrations = pending === 0 ? "ok" : `${String(pending)} pending`;
    const ok = pending === 0 && states.every((state) => state.ok);
    return { ok, checks: { database: "ok", migrations, hints, ...checks } };
  } catch {
    return { ok: false, checks: { database: "not reachable", migrations: "unknown", hints, ...checks } };
  }
}

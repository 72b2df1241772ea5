/** What /readyz says. */
import { pendingMigrations } from "../platform/migrate";
import type { Foundation } from "./foundation";
import { hintsState } from "./hint-carrier";
import type { Services } from "./services";

/** Centroids and hints are no condition: without them everything works but what asks for them, or works later. */
export async function readiness(
  { source, hints: by }: Foundation,
  { centroids: { count }, market }: Services,
): Promise<{ ok: boolean; checks: Record<string, string> }> {
  const centroids =
    count > 0
      ? `${String(count)} imported`
      : "none imported: zones by circle and polygon match nobody whose exact position is not known";
  const hints = hintsState(by);
  try {
    const pending = await pendingMigrations(source);
    const migrations = pending === 0 ? "ok" : `${String(pending)} pending`;
    const index = market.isWhole ? `${String(market.size)} campaigns` : "not read yet";
    return {
      ok: pending === 0 && market.isWhole,
      checks: { database: "ok", migrations, index, hints, centroids },
    };
  } catch {
    return { ok: false, checks: { database: "not reachable", migrations: "unknown", hints, centroids } };
  }
}

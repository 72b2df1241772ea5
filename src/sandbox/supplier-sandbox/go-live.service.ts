/** Loads what the clients of a sandbox have done so far, and evaluates the go-live checks. */
import type { EntityManager } from "typeorm";
import type { Transact } from "../../platform/database";
import { goLiveOf, type Drill, type GoLive } from "./go-live";

interface DrillRow {
  readonly delivery_id: string;
  readonly served_at: Date | null;
  readonly acknowledged_at: Date | null;
  readonly outcomes: { readonly external: boolean; readonly at: string }[];
}

export class GoLiveService {
  constructor(private readonly transact: Transact) {}

  /** `sandboxId` is the supplier id of the sandbox. */
  async of(sandboxId: string): Promise<GoLive> {
    return this.transact({ role: "sandbox", supplierId: sandboxId }, async (tx) => {
      const rows: { match: Date | null; revocation: Date | null }[] = await tx.query(
        `SELECT (SELECT match_acknowledged_at FROM sandbox_progress WHERE supplier_id = $1) AS match,
           (SELECT min(acknowledged_at) FROM delivered_lead WHERE supplier_id = $1) AS revocation`,
        [sandboxId],
      );
      return goLiveOf({
        matchAcknowledgedAt: rows[0]?.match ?? null,
        revocationAcknowledgedAt: rows[0]?.revocation ?? null,
        drills: await drillsOf(tx, sandboxId),
      });
    });
  }
}

async function drillsOf(tx: EntityManager, sandboxId: string): Promise<Drill[]> {
  const rows: DrillRow[] = await tx.query(
    `SELECT delivery_id, served_at, acknowledged_at, coalesce((
       SELECT json_agg(json_build_object('external', o.report_key LIKE 'external:%', 'at', o.reported_at))
       FROM reported_outcome o WHERE o.delivery_id = drill.delivery_id), '[]') AS outcomes
     FROM sandbox_drill drill WHERE supplier_id = $1 ORDER BY started_at DESC`,
    [sandboxId],
  );
  return rows.map((row) => ({
    leadId: row.delivery_id,
    servedAt: row.served_at,
    acknowledgedAt: row.acknowledged_at,
    outcomes: row.outcomes.map(({ external, at }) => ({ hasExternalId: external, reportedAt: new Date(at) })),
  }));
}

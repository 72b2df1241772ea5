/** Enough to try a client, too little to fill the database: whatever is asked for on demand is one event of these. */
import type { EntityManager } from "typeorm";
import { AppError } from "../../shared/errors";

const perDay = 1_000;
const dayMs = 86_400_000;

/** Looks at the thousandth event from the end: what is erased after its time is nobody's asking. */
export async function admitEvent(tx: EntityManager, supplierId: string, at: Date): Promise<void> {
  const rows: { at: Date }[] = await tx.query(
    `SELECT at FROM feed_entry
     WHERE supplier_id = $1 AND NOT (kind = 'LEAD_REVOKED' AND detail ->> 'reason' = 'ERASED')
     ORDER BY position DESC OFFSET $2 LIMIT 1`,
    [supplierId, perDay - 1],
  );
  const oldest = rows[0]?.at;
  if (!oldest || at.getTime() - oldest.getTime() >= dayMs) return;
  throw new AppError(
    "RATE_LIMITED",
    `A sandbox makes ${String(perDay)} events within 24 hours. Wait, or try with those you have.`,
  );
}

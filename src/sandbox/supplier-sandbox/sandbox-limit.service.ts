/** Limits how many events a sandbox can create: enough to test a client, too few to fill the database. */
import type { EntityManager } from "typeorm";
import { rateLimited } from "../../shared/errors";

const perDay = 1_000;
const dayMs = 86_400_000;

/** Throws if the thousandth latest event is younger than a day. Erasures by the sweep job are not counted. */
export async function admitEvent(tx: EntityManager, supplierId: string, at: Date): Promise<void> {
  const rows: { at: Date }[] = await tx.query(
    `SELECT at FROM feed_entry
     WHERE supplier_id = $1 AND NOT (kind = 'LEAD_REVOKED' AND detail ->> 'reason' = 'ERASED')
     ORDER BY position DESC OFFSET $2 LIMIT 1`,
    [supplierId, perDay - 1],
  );
  const oldest = rows[0]?.at;
  const waitMs = oldest ? oldest.getTime() + dayMs - at.getTime() : 0;
  if (waitMs <= 0) return;
  throw rateLimited(
    `A sandbox can create ${String(perDay)} events within 24 hours.`,
    Math.ceil(waitMs / 1000),
  );
}

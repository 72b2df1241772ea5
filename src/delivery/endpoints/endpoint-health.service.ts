/** Measures delivery to all endpoints for the operators' metrics: counts and an age, nothing about any supplier. */
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { integerOf } from "../../shared/integer";
import { opensAfter } from "./circuit";

export interface EndpointHealthNow {
  readonly openCircuits: number;
  /** The age of the oldest event that an active endpoint has not been sent; 0 when there is none. */
  readonly oldestWaitingSeconds: number;
}

export class EndpointHealth {
  constructor(
    private readonly transact: Transact,
    private readonly clock: Clock,
  ) {}

  async now(): Promise<EndpointHealthNow> {
    const [row] = await this.transact({ role: "worker" }, async (tx) => {
      const rows: { open: string; oldest: Date | null }[] = await tx.query(
        `SELECT count(*) FILTER (WHERE e.failures >= $1) AS open, min(waiting.at) AS oldest
         FROM endpoint e JOIN account_state a ON a.supplier_id = e.supplier_id
         LEFT JOIN LATERAL (
           SELECT f.at FROM feed_entry f
           WHERE a.last_position > e.position AND f.supplier_id = e.supplier_id AND f.position > e.position
           ORDER BY f.position LIMIT 1) AS waiting ON true
         WHERE e.status = 'ACTIVE'`,
        [opensAfter],
      );
      return rows;
    });
    const ageMs = row?.oldest ? this.clock.now().getTime() - row.oldest.getTime() : 0;
    return { openCircuits: integerOf(row?.open ?? 0), oldestWaitingSeconds: Math.max(0, ageMs / 1_000) };
  }
}

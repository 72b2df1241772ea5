/**
 * Which server process sends to which endpoint. Only one at a time, over all processes: its name and a time stand
 * in the row, by the database's clock, and are renewed while it sends. When it is killed the time runs out, and
 * the next to look takes over at the event that was in hand.
 */
import type { EntityManager } from "typeorm";
import type { EndpointPauseReason } from "../feed";
import { newId } from "../platform/ids";
import type { Transact } from "../platform/database";
import type { Progress } from "./endpoint";
import { EndpointEntity } from "./endpoint.entity";

export interface LeaseOptions {
  readonly transact: Transact;
  readonly clock: () => Date;
  readonly leaseSeconds: number;
}

export class Leases {
  /** This process. */
  private readonly self = newId();

  constructor(private readonly options: LeaseOptions) {}

  get renewEveryMs(): number {
    return (this.options.leaseSeconds * 1_000) / 3;
  }

  /** Takes up to `limit` endpoints that have something due and that nobody sends to, the longest due first. */
  async claim(limit: number, kind: { readonly failing: boolean }): Promise<EndpointEntity[]> {
    const { transact, clock, leaseSeconds } = this.options;
    const ids = await transact({ role: "worker" }, async (tx) => {
      const [rows]: [{ id: string }[], number] = await tx.query(
        `UPDATE endpoint SET leased_by = $1, leased_until = now() + $2 * interval '1 second'
         WHERE id IN (
           SELECT e.id FROM endpoint e JOIN supplier_account a ON a.supplier_id = e.supplier_id
           WHERE e.status = 'ACTIVE' AND e.next_try_at <= $3 AND (e.failures > 0) = $4
             AND a.last_position > e.position AND (e.leased_until IS NULL OR e.leased_until <= now())
           ORDER BY e.next_try_at LIMIT $5 FOR UPDATE OF e SKIP LOCKED)
         RETURNING id`,
        [this.self, leaseSeconds, clock(), kind.failing, limit],
      );
      return rows.map(({ id }) => id);
    });
    const found = await Promise.all(ids.map((id) => this.mine(id)));
    return found.filter((row) => row !== null);
  }

  /** All that this process holds, at once. */
  async renew(): Promise<void> {
    const { transact, leaseSeconds } = this.options;
    await transact({ role: "worker" }, (tx) =>
      tx.query(
        `UPDATE endpoint SET leased_until = now() + $2 * interval '1 second'
         WHERE leased_by = $1 AND leased_until > now()`,
        [this.self, leaseSeconds],
      ),
    );
  }

  /** As it stands now, if this process may still send to it. */
  async mine(id: string): Promise<EndpointEntity | null> {
    return this.options.transact({ role: "worker" }, (tx) =>
      tx.findOneBy(EndpointEntity, { id, leasedBy: this.self, status: "ACTIVE" }),
    );
  }

  /** False when the endpoint was taken over, deleted or set back meanwhile: what was done then counts for nothing. */
  async move(tx: EntityManager, id: string, to: { from: number; progress: Progress }): Promise<boolean> {
    const { position, attempts, firstTriedAt, failures, failingSince, nextTryAt } = to.progress;
    const [, moved]: [unknown, number] = await tx.query(
      `UPDATE endpoint SET position = $4, attempts = $5, first_tried_at = $6, failures = $7, failing_since = $8,
         next_try_at = $9, leased_until = now() + $10 * interval '1 second'
       WHERE id = $1 AND leased_by = $2 AND position = $3`,
      [
        ...[id, this.self, to.from, position, attempts, firstTriedAt, failures, failingSince, nextTryAt],
        this.options.leaseSeconds,
      ],
    );
    return moved === 1;
  }

  /** False when it was paused before. */
  async pause(
    tx: EntityManager,
    id: string,
    { reason, at }: { reason: EndpointPauseReason; at: Date },
  ): Promise<boolean> {
    const [, paused]: [unknown, number] = await tx.query(
      `UPDATE endpoint SET status = 'PAUSED', pause_reason = $3, paused_at = $4
       WHERE id = $1 AND leased_by = $2 AND status = 'ACTIVE'`,
      [id, this.self, reason, at],
    );
    return paused === 1;
  }

  async postpone(tx: EntityManager, id: string, until: Date): Promise<void> {
    await tx.query("UPDATE endpoint SET next_try_at = $3 WHERE id = $1 AND leased_by = $2", [
      ...[id, this.self, until],
    ]);
  }

  async release(id: string): Promise<void> {
    await this.options.transact({ role: "worker" }, (tx) =>
      tx.query("UPDATE endpoint SET leased_by = NULL, leased_until = NULL WHERE id = $1 AND leased_by = $2", [
        id,
        this.self,
      ]),
    );
  }
}

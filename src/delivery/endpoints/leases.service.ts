/**
 * Leases endpoints to processes, so that only one process sends to an endpoint at a time. The row holds the id of the
 * claim and the end of the lease by the database's clock; the lease is renewed while the process sends. When a process
 * is killed, its lease expires and another process claims the endpoint and repeats the current event. Each claim has a
 * new id, so writes under an expired lease are ignored, even when the same process has claimed the endpoint again.
 *
 * An endpoint differs from the rows of platform/due-rows: it is claimed for many events and within a fair share for
 * each supplier, and a timer renews its lease while it is worked on. So the id, and not the end of the lease, proves
 * a claim.
 */
import type { EntityManager } from "typeorm";
import type { EndpointPauseReason } from "../../account/feed";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import type { Transact } from "../../platform/database";
import { changed } from "../../platform/due-rows/statements";
import type { EndpointProgress } from "./endpoint";
import { EndpointEntity } from "./endpoint.entity";

export interface LeaseOptions {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly leaseSeconds: number;
}

/** A claimed endpoint, with the id of the claim. */
export type ClaimedEndpoint = Pick<EndpointEntity, "id" | "leasedBy">;

export interface ClaimRequest {
  readonly free: number;
  readonly failing: boolean;
  /** How many slots one supplier may have. */
  readonly each: number;
  /** The supplier of each slot in use. */
  readonly taken: readonly string[];
}

export class Leases {
  constructor(private readonly options: LeaseOptions) {}

  get renewEveryMs(): number {
    return (this.options.leaseSeconds * 1_000) / 3;
  }

  /** Claims due endpoints without a lease, the longest due first, within each supplier's share. */
  async claim({ free, failing, each, taken }: ClaimRequest): Promise<EndpointEntity[]> {
    const { transact, clock, leaseSeconds } = this.options;
    const claim = newId();
    const ids = await transact({ role: "worker" }, async (tx) => {
      const [rows]: [{ id: string }[], number] = await tx.query(
        `UPDATE endpoint SET leased_by = $1, leased_until = present() + $2 * interval '1 second'
         WHERE id IN (
           SELECT e.id FROM endpoint e WHERE ${due} AND e.id = ANY (ARRAY(
             SELECT id FROM (
               SELECT e.id, cardinality(array_positions($7::uuid[], e.supplier_id))
                 + row_number() OVER (PARTITION BY e.supplier_id ORDER BY e.next_try_at, e.id) AS place
               FROM (
                 SELECT e.id, e.supplier_id, e.next_try_at
                 FROM endpoint e JOIN account_state a ON a.supplier_id = e.supplier_id
                 WHERE ${due} AND a.last_position > e.position ORDER BY e.next_try_at LIMIT $8) AS e
             ) AS ranked WHERE place <= $6))
           ORDER BY e.next_try_at LIMIT $5 FOR UPDATE OF e SKIP LOCKED)
         RETURNING id`,
        [claim, leaseSeconds, clock.now(), failing, free, each, taken, lookedAt],
      );
      return rows.map(({ id }) => id);
    });
    const found = await Promise.all(ids.map((id) => this.current({ id, leasedBy: claim })));
    return found.filter((row) => row !== null);
  }

  async renew(held: readonly ClaimedEndpoint[]): Promise<void> {
    const { transact, leaseSeconds } = this.options;
    await transact({ role: "worker" }, (tx) =>
      tx.query(
        `UPDATE endpoint SET leased_until = present() + $2 * interval '1 second'
         WHERE leased_by = ANY ($1::uuid[]) AND leased_until > present()`,
        [held.map(({ leasedBy }) => leasedBy), leaseSeconds],
      ),
    );
  }

  /** The endpoint's current row; null if this claim may no longer send to it. */
  async current({ id, leasedBy }: ClaimedEndpoint): Promise<EndpointEntity | null> {
    if (leasedBy === null) return null;
    return this.options.transact({ role: "worker" }, (tx) =>
      tx.findOneBy(EndpointEntity, { id, leasedBy, status: "ACTIVE" }),
    );
  }

  /** False when the endpoint was taken over, deleted or replayed in the meantime. Then the attempt is ignored. */
  async move(
    tx: EntityManager,
    { id, leasedBy }: ClaimedEndpoint,
    to: { from: number; progress: EndpointProgress },
  ): Promise<boolean> {
    const { position, attempts, firstTriedAt, failures, failingSince, nextTryAt } = to.progress;
    return changed(
      await tx.query(
        `UPDATE endpoint SET position = $4, attempts = $5, first_tried_at = $6, failures = $7, failing_since = $8,
         next_try_at = $9, leased_until = present() + $10 * interval '1 second'
       WHERE id = $1 AND leased_by = $2 AND position = $3`,
        [
          ...[id, leasedBy, to.from, position, attempts, firstTriedAt, failures, failingSince, nextTryAt],
          this.options.leaseSeconds,
        ],
      ),
    );
  }

  /** False when the endpoint was already paused. */
  async pause(
    tx: EntityManager,
    { id, leasedBy }: ClaimedEndpoint,
    { reason, at }: { reason: EndpointPauseReason; at: Date },
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE endpoint SET status = 'PAUSED', pause_reason = $3, paused_at = $4
         WHERE id = $1 AND leased_by = $2 AND status = 'ACTIVE'`,
        [id, leasedBy, reason, at],
      ),
    );
  }

  async postpone(tx: EntityManager, { id, leasedBy }: ClaimedEndpoint, until: Date): Promise<void> {
    await tx.query("UPDATE endpoint SET next_try_at = $3 WHERE id = $1 AND leased_by = $2", [
      ...[id, leasedBy, until],
    ]);
  }

  async release(tx: EntityManager, { id, leasedBy }: ClaimedEndpoint): Promise<void> {
    await tx.query(
      "UPDATE endpoint SET leased_by = NULL, leased_until = NULL WHERE id = $1 AND leased_by = $2",
      [id, leasedBy],
    );
  }
}

/**
 * The number of due endpoints that a claim examines. It is enough to fill the free slots: a supplier has at most 20
 * endpoints, and only a few suppliers can have used up their share of the slots.
 */
const lookedAt = 200;

const due = `e.status = 'ACTIVE' AND e.next_try_at <= $3 AND (e.failures > 0) = $4
  AND (e.leased_until IS NULL OR e.leased_until <= present())`;

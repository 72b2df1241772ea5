/**
 * Database statements for Stripe's events: each is stored on arrival and is due until it has been processed.
 */
import type { EntityManager } from "typeorm";
import {
  changed,
  returned,
  type DueRow,
  type DueStatements,
  type Claimed,
  type Lease,
} from "../../platform/due-rows/statements";
import type { StripeEvent } from "./collector";

export interface WaitingEvent extends DueRow, StripeEvent {}

export class EventBook implements DueStatements<WaitingEvent, void> {
  /** Returns false if the event was stored before. */
  async insert(tx: EntityManager, { id, type, objectId }: StripeEvent, at: Date): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `INSERT INTO stripe_event (id, type, object_id, received_at, next_try_at, attempts)
       VALUES ($1, $2, $3, $4, $4, 0) ON CONFLICT DO NOTHING RETURNING true`,
      [id, type, objectId, at],
    );
    return rows.length > 0;
  }

  async claim(tx: EntityManager, { now, until }: Lease): Promise<WaitingEvent | null> {
    return returned(
      await tx.query(
        `UPDATE stripe_event SET attempts = attempts + 1, next_try_at = $2
         WHERE id = (SELECT id FROM stripe_event WHERE next_try_at <= $1
           ORDER BY received_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, type, object_id AS "objectId", attempts - 1 AS attempts, received_at AS since`,
        [now, until],
      ),
    );
  }

  async done(tx: EntityManager, { id, heldUntil }: Claimed<WaitingEvent>): Promise<boolean> {
    return changed(
      await tx.query(
        "UPDATE stripe_event SET next_try_at = NULL, failure = NULL WHERE id = $1 AND next_try_at = $2",
        [id, heldUntil],
      ),
    );
  }

  async retry(
    tx: EntityManager,
    { id, heldUntil }: Claimed<WaitingEvent>,
    { at, failure }: { at: Date; failure: string | null },
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE stripe_event SET next_try_at = $3, failure = coalesce($4, failure)
         WHERE id = $1 AND next_try_at = $2`,
        [id, heldUntil, at, failure],
      ),
    );
  }
}

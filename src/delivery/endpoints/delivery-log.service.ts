/** Writes the result of each attempt, and the dead letters. Contents of messages and answers are never stored. */
import type { EntityManager } from "typeorm";
import type { PlacedEntry } from "../../account/feed";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { EndpointAttemptEntity, type EndpointEntity } from "./endpoint.entity";
import type { Failure, Sent } from "./sender";

const keptMs = 30 * 86_400_000;

export interface LoggedAttempt {
  readonly endpoint: Pick<EndpointEntity, "id" | "supplierId">;
  /** null for a test. */
  readonly event: Pick<PlacedEntry, "kind" | "position"> | null;
  readonly number: number;
  readonly sent: Sent;
  readonly at: Date;
  readonly durationMs: number;
}

export class DeliveryLog {
  constructor(private readonly clock: Clock) {}

  /** Returns the attempt's id. */
  async write(tx: EntityManager, attempt: LoggedAttempt): Promise<string> {
    const { endpoint, event, number, sent, at, durationMs } = attempt;
    const id = newId();
    await tx.insert(EndpointAttemptEntity, {
      ...{ id, endpointId: endpoint.id, supplierId: endpoint.supplierId, at, number, durationMs },
      position: event?.position ?? null,
      event: event?.kind ?? "TEST",
      delivered: sent.kind === "DELIVERED",
      status: sent.status,
      reason: sent.kind === "FAILED" ? sent.reason : null,
    });
    return id;
  }

  /** An event given up again after a replay updates its existing dead letter. */
  async addDeadLetter(tx: EntityManager, attempt: LoggedAttempt, failure: Failure): Promise<void> {
    const { endpoint, event, number: attempts, at } = attempt;
    if (event === null) return;
    const { status, reason } = failure;
    await tx.query(
      `INSERT INTO dead_letter (id, endpoint_id, supplier_id, position, event, at, attempts, status, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (endpoint_id, position) DO UPDATE
       SET at = excluded.at, attempts = excluded.attempts, status = excluded.status, reason = excluded.reason`,
      [newId(), endpoint.id, endpoint.supplierId, event.position, event.kind, at, attempts, status, reason],
    );
  }

  /** Deletes attempts older than 30 days and returns their number. Safe to run twice. */
  async forgetOld(tx: EntityManager): Promise<number> {
    const before = new Date(this.clock.now().getTime() - keptMs);
    const [, forgotten]: [unknown, number] = await tx.query("DELETE FROM endpoint_attempt WHERE at < $1", [
      before,
    ]);
    return forgotten;
  }
}

/**
 * The rows of uploads, from the first byte to the last day. Whatever counts or compares the uploads of one consumer
 * runs under a lock of that consumer, so that it holds with any number of servers.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { keyReused, type AuditService } from "../identity";
import type { UploadVault } from "./upload-vault.service";
import {
  abandonedAfterMs,
  checkRoom,
  expiredMeanwhile,
  lifetimeMs,
  rememberedMs,
  type Held,
  type Upload,
} from "./upload";

export interface Uploader {
  readonly consumer: string;
  readonly supplierId: string | null;
}

export interface UploadRequest {
  readonly by: Uploader;
  readonly name: string;
  readonly idempotencyKey: string | null;
}

export interface Received {
  readonly bytes: number;
  readonly sha256: Buffer;
}

interface BookDeps {
  readonly vault: UploadVault;
  readonly audit: AuditService;
  readonly clock: Clock;
}

const columns = `id, bytes, sha256, completed_at AS "completedAt"`;

export class UploadBook {
  constructor(private readonly deps: BookDeps) {}

  /** Returns the id of a new upload, or null when the key already has one: then only its content is compared. */
  async begin(
    tx: EntityManager,
    { by: { consumer }, name, idempotencyKey }: UploadRequest,
  ): Promise<string | null> {
    await lockUploader(tx, consumer);
    const now = this.deps.clock.now();
    if (await knownUpload(tx, { consumer, idempotencyKey, now })) return null;
    checkRoom(await heldBy(tx, consumer, now), now);
    const id = newId();
    const { keyId, sealed } = this.deps.vault.sealName(id, name);
    await tx.query(
      `INSERT INTO upload (id, consumer, key_id, sealed_name, started_at, kept_until)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, consumer, keyId, sealed, now, new Date(now.getTime() + abandonedAfterMs)],
    );
    return id;
  }

  /**
   * Completes the upload with this id, or returns the earlier one of the same key; then this one is deleted. Throws
   * CONFLICT when the key belongs to other bytes, or when the earlier upload expired meanwhile.
   */
  async complete(
    tx: EntityManager,
    { by, idempotencyKey }: UploadRequest,
    { id, bytes, sha256 }: Received & { readonly id: string | null },
  ): Promise<Upload> {
    const { consumer, supplierId } = by;
    await lockUploader(tx, consumer);
    const now = this.deps.clock.now();
    const known = await knownUpload(tx, { consumer, idempotencyKey, now });
    if (known) {
      if (!known.sha256.equals(sha256)) throw keyReused();
      if (id !== null) await discard(tx, id);
      return known;
    }
    if (id === null) throw expiredMeanwhile();
    await tx.query("DELETE FROM upload WHERE consumer = $1 AND idempotency_key = $2", [
      consumer,
      idempotencyKey,
    ]);
    const values = [id, idempotencyKey, bytes, sha256, now, new Date(now.getTime() + lifetimeMs)];
    const [[completed]]: [Upload[], number] = await tx.query(
      `UPDATE upload SET idempotency_key = $2, bytes = $3, sha256 = $4, completed_at = $5, kept_until = $6
       WHERE id = $1 RETURNING ${columns}`,
      values,
    );
    if (!completed) throw new Error("An upload was deleted while it was received.");
    const act = { actor: consumer, action: "FILE_UPLOADED", subject: `upload:${id}`, supplierId };
    await this.deps.audit.record(tx, { ...act, detail: { bytes, sha256: sha256.toString("hex") } });
    return completed;
  }

  /**
   * Deletes what has expired: the content of all uploads, and unused uploads with it. Used ones are remembered for
   * 30 days. Returns how many rows were deleted, at most about `most` of each kind.
   */
  async deleteExpired(tx: EntityManager, most: number): Promise<number> {
    const now = this.deps.clock.now();
    const forgotten = new Date(now.getTime() - rememberedMs);
    const [, uploads]: [unknown, number] = await tx.query(
      `DELETE FROM upload WHERE id IN (
         SELECT id FROM upload WHERE kept_until <= $1 AND (used_at IS NULL OR used_at <= $2)
         ORDER BY kept_until LIMIT $3 FOR UPDATE SKIP LOCKED)`,
      [now, forgotten, most],
    );
    const [, parts]: [unknown, number] = await tx.query(
      `DELETE FROM upload_part WHERE (upload_id, number) IN (
         SELECT p.upload_id, p.number FROM upload u JOIN upload_part p ON p.upload_id = u.id
         WHERE u.kept_until <= $1 AND u.used_at IS NOT NULL LIMIT $2)`,
      [now, most],
    );
    return uploads + parts;
  }
}

/** Deletes an upload with its content. */
export async function discard(tx: EntityManager, id: string): Promise<void> {
  await tx.query("DELETE FROM upload WHERE id = $1", [id]);
}

async function lockUploader(tx: EntityManager, consumer: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1767910))", [consumer]);
}

interface Asked {
  readonly consumer: string;
  readonly idempotencyKey: string | null;
  readonly now: Date;
}

/** The upload that a repeated request returns: one that was used, or that can still be used. */
async function knownUpload(
  tx: EntityManager,
  { consumer, idempotencyKey, now }: Asked,
): Promise<Upload | null> {
  if (idempotencyKey === null) return null;
  const [known]: Upload[] = await tx.query(
    `SELECT ${columns} FROM upload
     WHERE consumer = $1 AND idempotency_key = $2 AND (used_at IS NOT NULL OR kept_until > $3)`,
    [consumer, idempotencyKey, now],
  );
  return known ?? null;
}

async function heldBy(tx: EntityManager, consumer: string, now: Date): Promise<Held> {
  const [held]: [Held] = await tx.query(
    `SELECT count(*) FILTER (WHERE completed_at IS NULL)::int AS receiving,
       count(*) FILTER (WHERE completed_at IS NOT NULL)::int AS unused,
       min(kept_until) FILTER (WHERE completed_at IS NOT NULL) AS "nextExpiry"
     FROM upload WHERE consumer = $1 AND used_at IS NULL AND kept_until > $2`,
    [consumer, now],
  );
  return held;
}

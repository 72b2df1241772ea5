/**
 * Uploads for the features that consume them. A mutation opens the upload of its caller, and uses it in the
 * transaction of its own effect, so that either both happen or neither.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { KeyTransact } from "../identity";
import { alreadyUsed, readableAfterUseMs } from "./upload";
import type { UploadVault } from "./upload-vault.service";

export interface OpenedUpload {
  readonly bytes: number;
  readonly sha256: Buffer;
  /** The name that the caller gave, cleaned; `file` without one. */
  readonly name: string;
  /** The content in pieces of at most 256 KiB. Each is read in a transaction of its own, and it can be read again. */
  readonly chunks: AsyncIterable<Buffer>;
}

interface StoredUpload {
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly keyId: number;
  readonly sealed: Buffer;
}

export class Uploads {
  constructor(
    private readonly vault: UploadVault,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a complete upload of this consumer. Throws NOT_FOUND for somebody else's, for one that has expired, and a
   * day after its use. `run` runs a transaction, `(work) => transact(scope, work)`, or uses one that is open:
   * `(work) => work(tx)`.
   */
  async open(
    run: KeyTransact,
    { uploadId, consumer }: { readonly uploadId: string; readonly consumer: string },
  ): Promise<OpenedUpload> {
    if (!isId(uploadId)) throw notFound("upload");
    const [row] = await run((tx): Promise<StoredUpload[]> =>
      tx.query(
        `SELECT bytes, sha256, key_id AS "keyId", sealed_name AS sealed FROM upload
         WHERE id = $1 AND consumer = $2 AND completed_at IS NOT NULL AND kept_until > $3`,
        [uploadId, consumer, this.clock.now()],
      ),
    );
    if (!row) throw notFound("upload");
    const { bytes, sha256 } = row;
    const content = { [Symbol.asyncIterator]: () => this.read(run, uploadId, bytes) };
    return { bytes, sha256, name: this.vault.openName(uploadId, row), chunks: content };
  }

  /**
   * Marks an upload as used, in the transaction of its consumer. Throws CONFLICT with the reason UPLOAD_USED the
   * second time. The content can be opened for another day, for work that continues in the background.
   */
  async use(tx: EntityManager, uploadId: string): Promise<void> {
    const now = this.clock.now();
    const [, used]: [unknown, number] = await tx.query(
      `UPDATE upload SET used_at = $2, kept_until = $3
       WHERE id = $1 AND completed_at IS NOT NULL AND used_at IS NULL AND kept_until > $2`,
      [uploadId, now, new Date(now.getTime() + readableAfterUseMs)],
    );
    if (used === 1) return;
    const before: unknown[] = await tx.query("SELECT FROM upload WHERE id = $1 AND used_at IS NOT NULL", [
      uploadId,
    ]);
    throw before.length === 1 ? alreadyUsed() : notFound("upload");
  }

  private async *read(run: KeyTransact, uploadId: string, bytes: number): AsyncGenerator<Buffer> {
    let left = bytes;
    for (let number = 0; left > 0; number++) {
      const part = await run((tx) => this.vault.readPart(tx, uploadId, number));
      if (part === null) throw new Error("A part of an upload is missing.");
      left -= part.length;
      yield part;
    }
  }
}

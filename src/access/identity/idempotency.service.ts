/**
 * Makes repeated requests with one idempotency key have one effect and one answer. The row of the key is inserted
 * before the work and in the same transaction, so a concurrent duplicate waits for it. When the work throws, the row
 * is rolled back with everything else and the key can be used again.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { KeyedDigests, type KeyedDigest } from "../../platform/sealed/values";
import { canonicalJson } from "../../shared/canonical-json";
import { AppError, invalid } from "../../shared/errors";
import type { JsonValue } from "./json-value";

export interface OnceKey {
  /** The consumer of the principal, so that the key also holds for a member's later sessions. */
  readonly principal: string;
  readonly operation: string;
  readonly key: string | null | undefined;
  /** The supplier in whose scope the transaction runs; null for staff and workers. */
  readonly supplierId: string | null;
  readonly input: unknown;
}

const maxKeyLength = 200;
const keptDays = 30;

export class IdempotencyService {
  private readonly digests: KeyedDigests;

  constructor(
    indexKey: KeyRing,
    private readonly clock: Clock,
  ) {
    this.digests = new KeyedDigests(indexKey, "idempotency");
  }

  /**
   * Runs `work` once per key and returns the stored answer afterwards. The same key with another input is a
   * CONFLICT; without a key, `work` always runs. Answers are stored, so they must hold only ids, no personal data.
   */
  async once<T extends JsonValue>(tx: EntityManager, request: OnceKey, work: () => Promise<T>): Promise<T> {
    const { key } = request;
    if (key === null || key === undefined) return work();
    if (key.length < 1 || key.length > maxKeyLength) {
      throw invalid(`idempotencyKey must have 1 to ${String(maxKeyLength)} characters.`);
    }
    const input = canonicalJson(request.input);
    const isFirst = await this.insert(tx, request, input);
    if (!isFirst) return (await this.storedAnswer(tx, request, input)) as T;
    const answer = await work();
    await tx.query(
      "UPDATE idempotency_key SET answer = $4 WHERE principal = $1 AND operation = $2 AND key = $3",
      [request.principal, request.operation, key, JSON.stringify(answer)],
    );
    return answer;
  }

  /** Deletes keys older than 30 days, which can then be used again. Returns how many were deleted. */
  async forgetOld(tx: EntityManager): Promise<number> {
    const before = new Date(this.clock.now().getTime() - keptDays * 24 * 3_600_000);
    const [, forgotten]: [unknown, number] = await tx.query(
      "DELETE FROM idempotency_key WHERE created_at < $1",
      [before],
    );
    return forgotten;
  }

  private async insert(tx: EntityManager, request: OnceKey, input: string): Promise<boolean> {
    const { digest, keyId } = this.digests.of(input);
    const rows: unknown[] = await tx.query(
      `INSERT INTO idempotency_key (principal, operation, key, supplier_id, input_digest, key_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING true`,
      [
        request.principal,
        request.operation,
        request.key,
        request.supplierId,
        digest,
        keyId,
        this.clock.now(),
      ],
    );
    return rows.length === 1;
  }

  private async storedAnswer(tx: EntityManager, request: OnceKey, input: string): Promise<JsonValue> {
    const rows: (KeyedDigest & { readonly answer: JsonValue })[] = await tx.query(
      `SELECT input_digest AS digest, key_id AS "keyId", answer FROM idempotency_key
       WHERE principal = $1 AND operation = $2 AND key = $3`,
      [request.principal, request.operation, request.key],
    );
    const [row] = rows;
    if (row && this.digests.matches(row, input)) return row.answer;
    throw new AppError(
      "CONFLICT",
      "This idempotencyKey was used for another input. Send the first input again, or choose a new key.",
    );
  }
}

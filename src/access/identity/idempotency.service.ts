/**
 * Makes repeated requests with one idempotency key have one effect and one answer. `once` is for work within one
 * transaction, `onceAcross` for work that calls another service between two transactions.
 */
import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { newId } from "../../platform/ids";
import { KeyedDigests, type KeyedDigest } from "../../platform/sealed/values";
import { canonicalJson } from "../../shared/canonical-json";
import { checkKey, inProgress, keyReused, type OnceKey } from "./idempotency-key";
import type { JsonValue } from "./json-value";

/** Runs one transaction in the scope that owns the key: `(work) => transact(scopeOf(by), work)`. */
export type KeyTransact = <T>(work: (tx: EntityManager) => Promise<T>) => Promise<T>;

/** What is stored under a key: an answer, or that its work may still be running. */
interface StoredKey extends KeyedDigest {
  readonly answer: JsonValue;
  /** Null once the answer is stored. */
  readonly claimedUntil: Date | null;
}

type Claim =
  | { readonly kind: "CLAIMED"; readonly until: Date }
  | { readonly kind: "ANSWERED"; readonly answer: JsonValue };

const keptDays = 30;
/** Longer than any call to another service takes, including its time-out. */
const claimMs = 5 * 60_000;

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
   *
   * The key is inserted before the work and in the same transaction, so a concurrent duplicate waits for it. When
   * the work throws, the key is rolled back with everything else and can be used again.
   */
  async once<T extends JsonValue>(tx: EntityManager, request: OnceKey, work: () => Promise<T>): Promise<T> {
    const { key } = request;
    if (key === null || key === undefined) return work();
    checkKey(key);
    const input = canonicalJson(request.input);
    const isFirst = await this.insert(tx, request, { input, claimedUntil: null });
    if (!isFirst) {
      const stored = await this.stored(tx, request, input);
      if (stored.claimedUntil !== null) throw inProgress();
      return stored.answer as T;
    }
    const answer = await work();
    await tx.query(`UPDATE idempotency_key SET answer = $4 WHERE ${theKey}`, [
      ...keyOf(request),
      JSON.stringify(answer),
    ]);
    return answer;
  }

  /**
   * Like `once`, for work that calls another service and therefore runs outside a transaction. The key is claimed
   * in a transaction of its own before the work, and the answer is stored in another one after it. A duplicate
   * during the work is a CONFLICT with the reason IN_PROGRESS. When the work throws, the key is deleted and can be
   * used again.
   *
   * A process that is killed during the work leaves the key claimed. Five minutes later the same input may claim
   * it again, and **the work then runs a second time**. So the work has to be repeatable: it passes `callKey`,
   * which is the same in each run, to the other service as that service's idempotency key.
   */
  async onceAcross<T extends JsonValue>(
    transact: KeyTransact,
    request: OnceKey,
    work: (callKey: string) => Promise<T>,
  ): Promise<T> {
    const { key } = request;
    if (key === null || key === undefined) return work(newId());
    checkKey(key);
    const input = canonicalJson(request.input);
    const claim = await transact((tx) => this.claim(tx, request, input));
    if (claim.kind === "ANSWERED") return claim.answer as T;
    const held = [...keyOf(request), claim.until];
    let answer: T;
    try {
      answer = await work(callKeyOf(request));
    } catch (error) {
      // When this fails too, the key stays claimed for its five minutes.
      await transact((tx) => deleteClaim(tx, held)).catch(() => undefined);
      throw error;
    }
    await transact((tx) =>
      tx.query(
        `UPDATE idempotency_key SET answer = $5, claimed_until = NULL WHERE ${theKey} AND claimed_until = $4`,
        [...held, JSON.stringify(answer)],
      ),
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

  private async claim(tx: EntityManager, request: OnceKey, input: string): Promise<Claim> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + claimMs);
    if (await this.insert(tx, request, { input, claimedUntil: until })) return { kind: "CLAIMED", until };
    const { claimedUntil, answer } = await this.stored(tx, request, input);
    if (claimedUntil === null) return { kind: "ANSWERED", answer };
    if (claimedUntil > now) throw inProgress();
    await tx.query(`UPDATE idempotency_key SET claimed_until = $4 WHERE ${theKey}`, [
      ...keyOf(request),
      until,
    ]);
    return { kind: "CLAIMED", until };
  }

  private async insert(
    tx: EntityManager,
    request: OnceKey,
    { input, claimedUntil }: { input: string; claimedUntil: Date | null },
  ): Promise<boolean> {
    const { digest, keyId } = this.digests.of(input);
    const rows: unknown[] = await tx.query(
      `INSERT INTO idempotency_key
         (principal, operation, key, supplier_id, input_digest, key_id, created_at, claimed_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING true`,
      [...keyOf(request), request.supplierId, digest, keyId, this.clock.now(), claimedUntil],
    );
    return rows.length === 1;
  }

  /** Locks the row of the key, so that only one duplicate can claim it again. */
  private async stored(tx: EntityManager, request: OnceKey, input: string): Promise<StoredKey> {
    const [row]: StoredKey[] = await tx.query(
      `SELECT input_digest AS digest, key_id AS "keyId", answer, claimed_until AS "claimedUntil"
       FROM idempotency_key WHERE ${theKey} FOR UPDATE`,
      keyOf(request),
    );
    // The work of a concurrent request has just failed and deleted its key.
    if (!row) throw inProgress();
    if (this.digests.matches(row, input)) return row;
    throw keyReused();
  }
}

const deleteClaim = (tx: EntityManager, held: unknown[]): Promise<unknown> =>
  tx.query(`DELETE FROM idempotency_key WHERE ${theKey} AND claimed_until = $4`, held);

const theKey = "principal = $1 AND operation = $2 AND key = $3";
const keyOf = ({ principal, operation, key }: OnceKey): unknown[] => [principal, operation, key];

/** Differs between any two keys, because JSON separates their parts unambiguously. */
const callKeyOf = (request: OnceKey): string =>
  createHash("sha256")
    .update(JSON.stringify(keyOf(request)))
    .digest("base64url");

/**
 * One-time codes: six digits, derived from the request and the number of the sending, so that none is
 * stored. How many may be sent and tried is counted per e-mail or number, over all requests.
 */
import type { EntityManager } from "typeorm";
import type { ConfirmationChannel } from "../../reference/catalogue";
import { newId } from "../../platform/ids";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { bytesOf, KeyedDigests, type KeyedDigest } from "../../platform/sealed/values";
import { integerOf } from "../../shared/integer";
import { sameCode } from "./same-code";

/** How a code reaches a person. */
export interface CodeSender {
  readonly channels: readonly ConfirmationChannel[];
  send(to: string, code: string, channel: ConfirmationChannel): Promise<void>;
  /** The demo's sender hands the code back instead of sending it. */
  readonly showsCode: boolean;
}

const windowMs = 10 * 60_000;
const limits = { SEND: 5, CHECK: 5 };
export const codeLifetimeMs = windowMs;
/** Over its whole life: a request is no way to write to somebody for three days. */
export const sendsPerRequest = 10;

const since = (at: Date): Date => new Date(at.getTime() - windowMs);

/** Of one contact, under one or more keys; tries are counted under all of them and written down under the first. */
type ContactDigests = readonly [KeyedDigest, ...KeyedDigest[]];

export class Codes {
  private readonly digests: KeyedDigests;

  constructor(tokenKey: KeyRing) {
    this.digests = new KeyedDigests(tokenKey, "code");
  }

  codeOf(leadId: string, sends: number): string {
    return codeFrom(this.digests.of(seedOf(leadId, sends)));
  }

  /** Also true for a code that was sent under an earlier key. */
  isCode(code: string, leadId: string, sends: number): boolean {
    return this.digests.all(seedOf(leadId, sends)).some((digest) => sameCode(code, codeFrom(digest)));
  }

  /** How many tries this contact has left now. All requests of one contact share them. */
  async checksLeft(tx: EntityManager, contact: ContactDigests, at: Date): Promise<number> {
    const rows: { count: string }[] = await tx.query(
      "SELECT count(*) FROM confirmation_try WHERE contact_digest = ANY ($1) AND kind = 'CHECK' AND at > $2",
      [bytesOf(contact), since(at)],
    );
    return limits.CHECK - integerOf(rows[0]?.count);
  }

  /** Counts one more try. False when there were too many in the last ten minutes. Safe for parallel tries. */
  async allow(
    tx: EntityManager,
    contact: ContactDigests,
    { kind, at }: { kind: "SEND" | "CHECK"; at: Date },
  ): Promise<boolean> {
    const [{ digest, keyId }] = contact;
    // Tries for one contact wait here for one another. Without the lock, parallel tries would each count the same few.
    await tx.query("SELECT pg_advisory_xact_lock($1)", [digest.readBigInt64BE().toString()]);
    // A separate statement, after the lock: it must see what earlier tries have written.
    const rows: unknown[] = await tx.query(
      `INSERT INTO confirmation_try (id, contact_digest, key_id, kind, at)
       SELECT $1::uuid, $2::bytea, $7::smallint, $3::text, $4::timestamptz
       WHERE (SELECT count(*) FROM confirmation_try WHERE contact_digest = ANY ($8) AND kind = $3 AND at > $5) < $6
       RETURNING true`,
      [newId(), digest, kind, at, since(at), limits[kind], keyId, bytesOf(contact)],
    );
    return rows.length === 1;
  }
}

const seedOf = (leadId: string, sends: number): string => `${leadId}/${String(sends)}`;

const codeFrom = ({ digest }: KeyedDigest): string =>
  String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, "0");

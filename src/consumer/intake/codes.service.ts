/**
 * One-time confirmation codes of six digits. They are derived from the request and the sequence number of the
 * sending, so none is stored. Sendings and attempts are rate limited per e-mail address or phone number, over all
 * requests.
 */
import type { EntityManager } from "typeorm";
import type { ConfirmationChannel } from "../../reference/catalogue";
import { newId } from "../../platform/ids";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { bytesOf, KeyedDigests, type KeyedDigest } from "../../platform/sealed/values";
import { integerOf } from "../../shared/integer";
import { sameCode } from "./same-code";

/** The port that sends a code to a person. */
export interface CodeSender {
  readonly channels: readonly ConfirmationChannel[];
  send(to: string, code: string, channel: ConfirmationChannel): Promise<void>;
  /** Whether the code is returned in the answer instead of being sent, as in the demo. */
  readonly showsCode: boolean;
}

const windowMs = 10 * 60_000;
const limits = { SEND: 5, CHECK: 5 };
export const codeLifetimeMs = windowMs;
/** The limit over the lifetime of a request, so that it cannot be used to message somebody for three days. */
export const sendsPerRequest = 10;

const since = (at: Date): Date => new Date(at.getTime() - windowMs);

/** The digests of one contact under each key. Attempts are counted under all of them and recorded under the first. */
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

  /** How many attempts this contact has left now. All requests of one contact share them. */
  async checksLeft(tx: EntityManager, contact: ContactDigests, at: Date): Promise<number> {
    const rows: { count: string }[] = await tx.query(
      "SELECT count(*) FROM confirmation_try WHERE contact_digest = ANY ($1) AND kind = 'CHECK' AND at > $2",
      [bytesOf(contact), since(at)],
    );
    return limits.CHECK - integerOf(rows[0]?.count);
  }

  /**
   * Records an attempt, or returns false when there were too many in the last ten minutes. Safe for concurrent
   * attempts.
   */
  async allow(
    tx: EntityManager,
    contact: ContactDigests,
    { kind, at }: { kind: "SEND" | "CHECK"; at: Date },
  ): Promise<boolean> {
    const [{ digest, keyId }] = contact;
    // Serialises the attempts for one contact. Without the lock, concurrent attempts would not count one another.
    await tx.query("SELECT pg_advisory_xact_lock($1)", [digest.readBigInt64BE().toString()]);
    // A separate statement after the lock, because its snapshot must include earlier attempts.
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

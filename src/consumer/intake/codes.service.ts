/**
 * One-time codes: six digits, derived from the request and the number of the sending, so that none is
 * stored. How many may be sent and tried is counted per e-mail or number, over all requests.
 */
import type { EntityManager } from "typeorm";
import type { ConfirmationChannel } from "../../reference/catalogue";
import { newId } from "../../platform/ids";
import { deriveKey, keyedDigest } from "../../platform/secrets";
import { currentKeyOf, type KeyRing } from "../../platform/sealed/key-ring";

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

export class Codes {
  private readonly key: Buffer;

  constructor(tokenKey: KeyRing) {
    this.key = deriveKey(currentKeyOf(tokenKey), "code");
  }

  codeOf(leadId: string, sends: number): string {
    const number = keyedDigest(this.key, `${leadId}/${String(sends)}`).readUIntBE(0, 6) % 1_000_000;
    return String(number).padStart(6, "0");
  }

  /** How many tries this contact has left now; several requests of one contact share them. */
  async checksLeft(tx: EntityManager, contact: Buffer, at: Date): Promise<number> {
    const rows: { count: string }[] = await tx.query(
      "SELECT count(*) FROM confirmation_try WHERE contact_digest = $1 AND kind = 'CHECK' AND at > $2",
      [contact, since(at)],
    );
    return limits.CHECK - Number(rows[0]?.count);
  }

  /** Counts one more, or says that there were too many in the last ten minutes. Safe under parallel tries. */
  async allow(
    tx: EntityManager,
    contact: Buffer,
    { kind, at }: { kind: "SEND" | "CHECK"; at: Date },
  ): Promise<boolean> {
    // Tries for one contact queue up here; without it, parallel tries would each count the same few.
    await tx.query("SELECT pg_advisory_xact_lock($1)", [contact.readBigInt64BE().toString()]);
    // A statement of its own, after the lock: it must see what those before it have written.
    const rows: unknown[] = await tx.query(
      `INSERT INTO confirmation_try (id, contact_digest, kind, at)
       SELECT $1::uuid, $2::bytea, $3::text, $4::timestamptz
       WHERE (SELECT count(*) FROM confirmation_try WHERE contact_digest = $2 AND kind = $3 AND at > $5) < $6
       RETURNING true`,
      [newId(), contact, kind, at, since(at), limits[kind]],
    );
    return rows.length === 1;
  }
}

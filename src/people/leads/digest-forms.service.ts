/**
 * Computes the digests of e-mail addresses again that were computed from an earlier form of the address
 * (docs/decisions/0048-one-form-for-comparing-contacts.md). Each row says its form, so the work continues where it
 * stopped; rows that another process holds are skipped.
 */
import type { EntityManager } from "typeorm";
import { writtenEmail } from "../../shared/contact-text";
import type { LeadVault, StoredPerson } from "./lead-vault.service";
import { currentForm } from "./lead-secret.entity";

interface Earlier extends StoredPerson {
  readonly month: number;
  readonly leadId: string;
  readonly indexKeyId: number;
}

export class DigestForms {
  constructor(private readonly vault: LeadVault) {}

  /** Returns how many digests were computed. Rows whose keys this server does not have stay as they are. */
  async renew(tx: EntityManager, limit = 200): Promise<number> {
    const { index, master } = this.vault.keyIds;
    const rows: Earlier[] = await tx.query(
      `SELECT i.month, i.lead_id AS "leadId", i.key_id AS "indexKeyId",
         s.key_id AS "keyId", s.wrapped_key AS "wrappedKey", s.sealed
       FROM lead_index i JOIN lead_secret s ON s.month = i.month AND s.lead_id = i.lead_id
       WHERE i.kind = 'EMAIL' AND i.form < ${String(currentForm)} AND i.key_id = ANY ($2) AND s.key_id = ANY ($3)
       ORDER BY i.month, i.lead_id LIMIT $1 FOR UPDATE OF i SKIP LOCKED`,
      [limit, index, master],
    );
    if (rows.length === 0) return 0;
    const digests = rows.map((row) => this.digestOf(row));
    await tx.query(
      `UPDATE lead_index SET digest = renewed.digest, form = ${String(currentForm)}
       FROM unnest($1::integer[], $2::uuid[], $3::smallint[], $4::bytea[])
         AS renewed (month, lead_id, key_id, digest)
       WHERE lead_index.month = renewed.month AND lead_index.lead_id = renewed.lead_id
         AND lead_index.key_id = renewed.key_id AND lead_index.kind = 'EMAIL'`,
      [
        rows.map(({ month }) => month),
        rows.map(({ leadId }) => leadId),
        rows.map(({ indexKeyId }) => indexKeyId),
        digests,
      ],
    );
    return rows.length;
  }

  private digestOf(row: Earlier): Buffer {
    const { email } = this.vault.open(row.leadId, row).contact;
    // An address that would not be accepted today is still compared with itself.
    const digests = this.vault.digests("EMAIL", writtenEmail(email) ?? email);
    const digest = digests.find(({ keyId }) => keyId === row.indexKeyId);
    if (!digest) throw new Error(`Key ${String(row.indexKeyId)} is not among this server's index keys.`);
    return digest.digest;
  }
}

/**
 * A digest of a contact names the form of the contact it was computed from. Servers of the version before insert
 * rows without it, so the default says the form that they use; src/people/leads/digest-forms.service.ts computes
 * the digests of e-mail addresses again.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class FormsOfDigests1767960000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE lead_index ADD COLUMN form smallint NOT NULL DEFAULT 1;
      CREATE INDEX lead_index_earlier_form ON lead_index (month, lead_id) WHERE kind = 'EMAIL' AND form < 2;
      GRANT UPDATE (digest, form) ON lead_index TO caratlas_worker`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE UPDATE (digest) ON lead_index FROM caratlas_worker;
      ALTER TABLE lead_index DROP COLUMN form`);
  }
}

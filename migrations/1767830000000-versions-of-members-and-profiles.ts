/** The versions of a member's limits and of a billing profile, so that of two people who edit one, the second is told. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class VersionsOfMembersAndProfiles1767830000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE member ADD COLUMN version integer NOT NULL DEFAULT 1;
      GRANT UPDATE (version) ON member TO caratlas_supplier;
      ALTER TABLE billing_profile ADD COLUMN version integer NOT NULL DEFAULT 1`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE billing_profile DROP COLUMN version;
      ALTER TABLE member DROP COLUMN version`);
  }
}

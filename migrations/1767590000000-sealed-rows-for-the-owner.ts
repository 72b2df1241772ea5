/**
 * Lets the owner read and write the rows that 1767600000000 fills. With row-level security that also applies to the
 * owner, its UPDATE found no row, and the migration failed wherever an endpoint or a kept lead existed. Migrations run
 * in one transaction, and 1767750000000 ends it, so nobody else ever sees this state.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class SealedRowsForTheOwner1767590000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE delivery NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE endpoint NO FORCE ROW LEVEL SECURITY`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE delivery FORCE ROW LEVEL SECURITY;
      ALTER TABLE endpoint FORCE ROW LEVEL SECURITY`);
  }
}

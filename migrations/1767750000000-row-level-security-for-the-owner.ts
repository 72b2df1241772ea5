/** Applies row-level security to the owner again, after 1767590000000 and the migrations that needed it. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class RowLevelSecurityForTheOwner1767750000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE delivery FORCE ROW LEVEL SECURITY;
      ALTER TABLE endpoint FORCE ROW LEVEL SECURITY`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE delivery NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE endpoint NO FORCE ROW LEVEL SECURITY`);
  }
}

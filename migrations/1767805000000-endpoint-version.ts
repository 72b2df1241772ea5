/** The version of an endpoint's settings, so that of two people who edit them at once the second is told. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class EndpointVersion1767805000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE endpoint ADD COLUMN version integer NOT NULL DEFAULT 1;
      GRANT UPDATE (version) ON endpoint TO caratlas_supplier`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("ALTER TABLE endpoint DROP COLUMN version");
  }
}

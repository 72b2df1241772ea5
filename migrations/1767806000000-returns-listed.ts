/** Lists of returns by the time of the request: of one supplier, and of all of them for staff. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class ReturnsListed1767806000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX lead_return_requested ON lead_return (requested_at, id);
      CREATE INDEX lead_return_of_supplier ON lead_return (supplier_id, requested_at, id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP INDEX lead_return_requested; DROP INDEX lead_return_of_supplier");
  }
}

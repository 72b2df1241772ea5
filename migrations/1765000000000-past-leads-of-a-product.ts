/** Suppliers ask about the past of one product: its confirmed leads are read in order of submission, page by page. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class PastLeadsOfAProduct1765000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX lead_of_product ON lead (product_id, submitted_at, id)
        WHERE confirmed_at IS NOT NULL AND erased_at IS NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP INDEX lead_of_product");
  }
}

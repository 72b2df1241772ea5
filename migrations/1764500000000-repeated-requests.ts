/**
 * A request that repeats an earlier one of the same person joins it: the two share their seats. Who is the
 * same person is told by the contact each of them proved, so which one that was is kept with the digests
 * and goes with them.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class RepeatedRequests1764500000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE lead ADD COLUMN joined_lead_id uuid CHECK (joined_lead_id <> id);
      CREATE INDEX lead_joined ON lead (joined_lead_id) WHERE joined_lead_id IS NOT NULL;
      -- What earlier requests proved is not known any more: none of them is joined.
      ALTER TABLE lead_index ADD COLUMN proven boolean NOT NULL DEFAULT false;
      ALTER TABLE lead_index ALTER COLUMN proven DROP DEFAULT;
      GRANT UPDATE (proven) ON lead_index TO caratlas_worker`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE lead_index DROP COLUMN proven;
      ALTER TABLE lead DROP COLUMN joined_lead_id`);
  }
}

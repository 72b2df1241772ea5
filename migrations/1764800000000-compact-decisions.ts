/**
 * Decisions are kept as a few hundred bytes each (matching/decision-format.ts) instead of thousands, because
 * there will be tens of millions. Earlier ones stay as they were written: they are evidence. A day of them is
 * found by a block-range index, as they are written in the order of time.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class CompactDecisions1764800000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE decision ADD COLUMN packed bytea;
      ALTER TABLE decision ALTER COLUMN content DROP NOT NULL,
        ADD CONSTRAINT decision_in_one_form CHECK (num_nonnulls(content, packed) = 1);
      CREATE INDEX decision_at ON decision USING brin (at)`);
  }

  /** What was packed cannot be unpacked by SQL: while there is such a decision, this is refused. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX decision_at;
      ALTER TABLE decision DROP CONSTRAINT decision_in_one_form;
      ALTER TABLE decision ALTER COLUMN content SET NOT NULL;
      ALTER TABLE decision DROP COLUMN packed`);
  }
}

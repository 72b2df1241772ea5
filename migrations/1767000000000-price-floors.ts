/** Floors of prices by département, by tier of answers and for exclusive sale; those there were are for all leads. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class PriceFloors1767000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE price_floor DROP CONSTRAINT price_floor_pkey, DROP CONSTRAINT price_floor_floor_cents_check,
        ADD COLUMN scope text NOT NULL DEFAULT '[null,[],false]', ADD COLUMN departement text,
        ADD COLUMN criteria jsonb NOT NULL DEFAULT '[]', ADD COLUMN exclusive boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT price_floor_floor_cents_check CHECK (floor_cents >= 0),
        ADD PRIMARY KEY (product_id, scope, since);
      ALTER TABLE price_floor ALTER scope DROP DEFAULT, ALTER criteria DROP DEFAULT, ALTER exclusive DROP DEFAULT`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM price_floor WHERE scope <> '[null,[],false]';
      ALTER TABLE price_floor DROP CONSTRAINT price_floor_pkey, DROP CONSTRAINT price_floor_floor_cents_check,
        DROP COLUMN scope, DROP COLUMN departement, DROP COLUMN criteria, DROP COLUMN exclusive,
        ADD CONSTRAINT price_floor_floor_cents_check CHECK (floor_cents > 0), ADD PRIMARY KEY (product_id, since)`);
  }
}

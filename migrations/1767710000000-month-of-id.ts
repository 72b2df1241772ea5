/**
 * The month that an id carries, for statements; src/shared/months.ts says how. The function is immutable and not
 * STRICT, so PostgreSQL puts its body into the statement and plans as if it stood there.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class MonthOfId1767710000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION month_of_id(id uuid) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
        AS $$ SELECT ('x' || left(id::text, 4))::bit(16)::integer $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP FUNCTION month_of_id(uuid)");
  }
}

/** The present in SQL, as one function that a clock of tests can move. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Present1767700000000 implements MigrationInterface {
  /**
   * The start of the statement, moved by `caratlas.present_offset`. Without that setting it is the real time. The
   * setting is local to a transaction and made by servers on a moved clock only, which production refuses.
   */
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION present() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT statement_timestamp()
          + coalesce(nullif(current_setting('caratlas.present_offset', true), '')::interval, interval '0') $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP FUNCTION present()");
  }
}

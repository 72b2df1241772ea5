/**
 * The feed is kept for some months, not for ever. Up to where a supplier's events were dropped stands in a row of its
 * own, the floor, and moves in the transaction that drops them: whoever reads from below it can be told. The database
 * lets no event go that does not lie below the floor, and no floor sink.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class FeedFloor1765500000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE feed_floor (
        supplier_id uuid PRIMARY KEY REFERENCES supplier,
        position bigint NOT NULL CHECK (position >= 0),
        dropped_before timestamptz NOT NULL,
        at timestamptz NOT NULL
      );
      ALTER TABLE feed_floor ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT ON feed_floor TO caratlas_supplier;
      CREATE POLICY supplier_rows ON feed_floor TO caratlas_supplier
        USING (supplier_id = (SELECT current_supplier())) WITH CHECK (supplier_id = (SELECT current_supplier()));
      GRANT SELECT, INSERT, UPDATE ON feed_floor TO caratlas_worker;
      CREATE POLICY worker_rows ON feed_floor TO caratlas_worker USING (true) WITH CHECK (true);
      CREATE TRIGGER only_rises BEFORE UPDATE ON feed_floor FOR EACH ROW
        WHEN (NEW.position < OLD.position OR NEW.dropped_before < OLD.dropped_before)
        EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_deleted BEFORE DELETE ON feed_floor FOR EACH ROW EXECUTE FUNCTION refuse_change();

      CREATE FUNCTION refuse_change_above_floor() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (
          SELECT FROM feed_floor WHERE supplier_id = OLD.supplier_id AND position >= OLD.position
        ) THEN RETURN OLD; END IF;
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001';
      END $$;
      DROP TRIGGER append_only ON feed_event;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON feed_event
        FOR EACH ROW EXECUTE FUNCTION refuse_change_above_floor();
      GRANT DELETE ON feed_event TO caratlas_worker`);
  }

  /** What was dropped stays dropped, and readers are no longer told. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE DELETE ON feed_event FROM caratlas_worker;
      DROP TRIGGER append_only ON feed_event;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON feed_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
      DROP FUNCTION refuse_change_above_floor;
      DROP TABLE feed_floor`);
  }
}

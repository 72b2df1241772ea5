/**
 * What rules of ranking look at: reviews of suppliers, kept for ever like every act of staff, and when a
 * campaign last received a lead. A campaign keeps its product, so its deliveries need not be asked for theirs.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const ofItsOwn = "supplier_id = (SELECT current_supplier())";

export class RankingFacts1764900000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE quality_review (
        supplier_id uuid NOT NULL REFERENCES supplier,
        product_id text NOT NULL,
        number integer NOT NULL CHECK (number > 0),
        score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
        reason text NOT NULL CHECK (reason <> ''),
        reviewed_at timestamptz NOT NULL,
        reviewed_by text NOT NULL,
        PRIMARY KEY (supplier_id, product_id, number)
      );
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON quality_review
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON quality_review EXECUTE FUNCTION refuse_change();
      ALTER TABLE quality_review ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT ON quality_review TO caratlas_supplier;
      CREATE POLICY supplier_rows ON quality_review TO caratlas_supplier USING (${ofItsOwn}) WITH CHECK (${ofItsOwn});
      GRANT SELECT, INSERT ON quality_review TO caratlas_staff;
      CREATE POLICY staff_rows ON quality_review TO caratlas_staff USING (true) WITH CHECK (true);
      GRANT SELECT ON quality_review TO caratlas_worker;
      CREATE POLICY worker_rows ON quality_review TO caratlas_worker USING (true);
      CREATE INDEX delivery_campaign ON delivery (campaign_id, matched_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP INDEX delivery_campaign; DROP TABLE quality_review");
  }
}

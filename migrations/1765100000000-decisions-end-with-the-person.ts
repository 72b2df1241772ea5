/**
 * A decision says when a supplier received the person by another request, and how far off suppliers are: from that
 * somebody could find who was erased. Nobody is told of a decision after the erasure, so it goes with the person.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const erasedSince = `EXISTS (SELECT FROM lead l WHERE l.month = OLD.month AND l.id = OLD.lead_id AND l.erased_at IS NOT NULL)`;

export class DecisionsEndWithThePerson1765100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_change_until_erased() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND ${erasedSince} THEN RETURN OLD; END IF;
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001';
      END $$;
      DROP TRIGGER append_only ON decision;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON decision
        FOR EACH ROW EXECUTE FUNCTION refuse_change_until_erased();
      GRANT DELETE ON decision TO caratlas_worker;
      -- Forced row-level security holds the owner, too.
      ALTER TABLE decision NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE lead NO FORCE ROW LEVEL SECURITY;
      DELETE FROM decision d USING lead l WHERE l.month = d.month AND l.id = d.lead_id AND l.erased_at IS NOT NULL;
      ALTER TABLE lead FORCE ROW LEVEL SECURITY;
      ALTER TABLE decision FORCE ROW LEVEL SECURITY`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE DELETE ON decision FROM caratlas_worker;
      DROP TRIGGER append_only ON decision;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON decision FOR EACH ROW EXECUTE FUNCTION refuse_change();
      DROP FUNCTION refuse_change_until_erased`);
  }
}

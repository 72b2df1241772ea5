/**
 * Each server holds the standing campaigns in memory, and asks for what changed. Which transaction wrote a row
 * is kept with it: rows at or after the oldest transaction that was still running at the last look are read
 * again, so no commit is ever stepped over, in whatever order transactions began and ended. A sequence would
 * not do: it is no order of commits.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class CampaignChanges1764700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE campaign ADD COLUMN changed_in bigint NOT NULL DEFAULT 0;
      ALTER TABLE campaign ALTER COLUMN changed_in DROP DEFAULT;
      CREATE INDEX campaign_changed ON campaign (changed_in);
      CREATE FUNCTION mark_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.changed_in := pg_current_xact_id()::text::bigint; RETURN NEW; END $$;
      CREATE TRIGGER mark_change BEFORE INSERT OR UPDATE ON campaign FOR EACH ROW EXECUTE FUNCTION mark_change();
      -- Whoever changes it, by whatever means: servers are told when it commits. Rare enough to cost nothing.
      CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_notify('caratlas', 'database campaigns'); RETURN NULL; END $$;
      CREATE TRIGGER tell_change AFTER INSERT OR UPDATE ON campaign FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
      ALTER TABLE campaign DROP COLUMN zone_codes`);
  }

  /** Where campaigns want leads has to be written down again: they are found by nothing until their next edit. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE campaign ADD COLUMN zone_codes text[] NOT NULL DEFAULT '{}';
      ALTER TABLE campaign ALTER COLUMN zone_codes DROP DEFAULT;
      CREATE INDEX campaign_zones ON campaign USING gin (zone_codes) WITH (fastupdate = off) WHERE status <> 'ARCHIVED';
      DROP TRIGGER mark_change ON campaign;
      DROP TRIGGER tell_change ON campaign;
      DROP FUNCTION mark_change, tell_change;
      ALTER TABLE campaign DROP COLUMN changed_in`);
  }
}

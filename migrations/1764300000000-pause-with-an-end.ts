/** A pause of a campaign may end by itself: the row says when, so no job has to be in time. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class PauseWithAnEnd1764300000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE campaign ADD COLUMN paused_until timestamptz,
        ADD CONSTRAINT campaign_pause_ends CHECK (paused_until IS NULL OR status = 'PAUSED');
      DROP INDEX campaign_zones;
      CREATE INDEX campaign_zones ON campaign USING gin (zone_codes) WHERE status <> 'ARCHIVED'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX campaign_zones;
      CREATE INDEX campaign_zones ON campaign USING gin (zone_codes) WHERE status = 'ACTIVE';
      ALTER TABLE campaign DROP COLUMN paused_until`);
  }
}

/**
 * Campaigns are read at every preview and written now and then. With a list of pending entries, which is the
 * default, PostgreSQL leaves the index of zones aside until the next VACUUM and reads every campaign instead.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class ZonesFoundAtOnce1764450000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query("ALTER INDEX campaign_zones SET (fastupdate = off)");
    // What is pending by now would otherwise wait for that VACUUM.
    await db.query("SELECT gin_clean_pending_list('campaign_zones')");
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("ALTER INDEX campaign_zones RESET (fastupdate)");
  }
}

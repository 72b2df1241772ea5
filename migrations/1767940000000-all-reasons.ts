/**
 * Life-cycle messages can give several reasons for a status: all of them are kept, in the order of the message. A
 * status that was read before has none here; its only reason is in reason_code and reason.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class AllReasons1767940000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query("ALTER TABLE einvoice_status ADD COLUMN reasons jsonb NOT NULL DEFAULT '[]'");
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("ALTER TABLE einvoice_status DROP COLUMN reasons");
  }
}

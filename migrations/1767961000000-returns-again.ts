/**
 * A lead can be returned again for another reason, and a return can be withdrawn before it is decided. One return of a
 * lead is pending or accepted at any time, and each reason is rejected once.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const statuses = (list: string): string => `
  ALTER TABLE lead_return DROP CONSTRAINT lead_return_status_check;
  ALTER TABLE lead_return ADD CONSTRAINT lead_return_status_check CHECK (status IN (${list}))`;

export class ReturnsAgain1767961000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(statuses("'PENDING', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'"));
    await db.query(`
      ALTER TABLE lead_return DROP CONSTRAINT lead_return_month_delivery_id_key;
      CREATE INDEX lead_return_of_lead ON lead_return (month, delivery_id);
      CREATE UNIQUE INDEX lead_return_one_open ON lead_return (month, delivery_id)
        WHERE status IN ('PENDING', 'ACCEPTED');
      CREATE UNIQUE INDEX lead_return_rejected_once ON lead_return (month, delivery_id, reason)
        WHERE status = 'REJECTED'`);
  }

  /** Fails when a lead was returned twice or a return was withdrawn. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX lead_return_rejected_once;
      DROP INDEX lead_return_one_open;
      DROP INDEX lead_return_of_lead;
      ALTER TABLE lead_return ADD CONSTRAINT lead_return_month_delivery_id_key UNIQUE (month, delivery_id)`);
    await db.query(statuses("'PENDING', 'ACCEPTED', 'REJECTED'"));
  }
}

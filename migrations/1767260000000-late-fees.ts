/** Invoices of what a delay costs: without VAT, and once for the invoice that was late. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const before = "'STANDARD', 'OVERSEAS', 'NONE_OVERSEAS', 'REVERSE_CHARGE', 'OUTSIDE_SCOPE'";
const columns = [
  ["posting", "vat"],
  ["billing_document", "treatment"],
  ["vat_due", "treatment"],
] as const;

async function allow(db: QueryRunner, treatments: string): Promise<void> {
  for (const [table, column] of columns) {
    await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_check,
      ADD CONSTRAINT ${table}_${column}_check CHECK (${column} IN (${treatments}))`);
  }
}

export class LateFees1767260000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      "ALTER TABLE billing_document ADD COLUMN late_fees_of uuid UNIQUE REFERENCES billing_document",
    );
    await allow(db, `${before}, 'PENALTY'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await allow(db, before);
    await db.query("ALTER TABLE billing_document DROP COLUMN late_fees_of");
  }
}

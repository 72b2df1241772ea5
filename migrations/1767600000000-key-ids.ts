/**
 * Sealed values and keyed digests name their key, so that keys can be replaced. Everything from before is of key 1.
 * No default remains: an insert that forgets the key must fail, because its row could not be read under another key.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const columns: readonly (readonly [table: string, column: string])[] = [
  ["member", "identity_key_id"],
  ["member", "email_key_id"],
  ["idempotency_key", "key_id"],
  ["lead_secret", "key_id"],
  ["lead_index", "key_id"],
  ["confirmation", "key_id"],
  ["confirmation_try", "key_id"],
  ["own_customer", "key_id"],
  ["outcome", "report_key_id"],
  ["endpoint", "target_key_id"],
];

/** Columns of values that not every row has. */
const optional: readonly (readonly [table: string, column: string, value: string])[] = [
  ["delivery", "ground_key_id", "ground_sealed"],
  ["endpoint", "secret_key_id", "secret_sealed"],
  ["endpoint", "previous_secret_key_id", "previous_secret_sealed"],
];

export class KeyIds1767600000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const [table, column] of columns) {
      await db.query(`ALTER TABLE ${table} ADD COLUMN ${column} smallint NOT NULL DEFAULT 1`);
      await db.query(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP DEFAULT`);
    }
    for (const [table, column, value] of optional) {
      await db.query(`ALTER TABLE ${table} ADD COLUMN ${column} smallint`);
      await db.query(`UPDATE ${table} SET ${column} = 1 WHERE ${value} IS NOT NULL`);
      await db.query(`ALTER TABLE ${table}
        ADD CONSTRAINT ${table}_${column} CHECK ((${column} IS NULL) = (${value} IS NULL))`);
    }
    await db.query(`
      ALTER TABLE lead_index DROP CONSTRAINT lead_index_pkey, ADD PRIMARY KEY (month, lead_id, kind, key_id);
      GRANT UPDATE (email_digest, email_key_id) ON member TO caratlas_supplier;
      GRANT UPDATE (ground_key_id) ON delivery TO caratlas_supplier;
      GRANT UPDATE (target_key_id, secret_key_id, previous_secret_key_id) ON endpoint TO caratlas_supplier`);
  }

  /** Refuses when something was made under another key: nothing would say so any more. */
  async down(db: QueryRunner): Promise<void> {
    for (const [table, column] of [...columns, ...optional]) {
      await db.query(`ALTER TABLE ${table} ADD CONSTRAINT ${table}_only_key_1 CHECK (${column} = 1)`);
      await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_only_key_1`);
    }
    await db.query(`
      ALTER TABLE lead_index DROP CONSTRAINT lead_index_pkey, ADD PRIMARY KEY (month, lead_id, kind);
      REVOKE UPDATE (email_digest, email_key_id) ON member FROM caratlas_supplier`);
    for (const [table, column] of [...columns, ...optional])
      await db.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}

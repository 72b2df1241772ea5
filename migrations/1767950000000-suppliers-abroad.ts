/** Suppliers outside France: their country, their number in a register there, and sites without SIRET. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const profile = (more: string): string => `
  SELECT s.id AS supplier_id, s.siren, s.name, s.sandbox, cardinality(s.credit_agencies) > 0 AS asks_for_credit,
    CASE WHEN p.supplier_id IS NULL THEN s.vat_number ELSE p.vat_number END AS vat_number, p.email, p.email_since${more}
  FROM supplier s LEFT JOIN billing_profile p ON p.supplier_id = s.id`;

/** What the books call the supplier, and all numbers that a bank's text may name it by: letters and digits only. */
const identity = `,
    s.country, coalesce(p.country, s.country) AS billing_country, s.register_number, s.register_name,
    coalesce(s.siren, s.vat_number, s.country || '-' || s.register_number) AS code,
    ARRAY (SELECT DISTINCT regexp_replace(upper(number), '[^A-Z0-9]', '', 'g')
      FROM unnest(ARRAY[s.siren, s.vat_number, s.register_number, p.vat_number]) AS number
      WHERE number IS NOT NULL) AS identifiers`;

const kinds = (list: string): string => `
  ALTER TABLE register_check DROP CONSTRAINT register_check_kind_check;
  ALTER TABLE register_check ADD CONSTRAINT register_check_kind_check CHECK (kind IN (${list}))`;

export class SuppliersAbroad1767950000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE supplier ADD COLUMN country text NOT NULL DEFAULT 'FR', ADD COLUMN register_number text,
        ADD COLUMN register_name text, ADD COLUMN electronic_address jsonb,
        ALTER COLUMN siren DROP NOT NULL, ALTER COLUMN departement DROP NOT NULL,
        ADD CONSTRAINT supplier_country CHECK (country ~ '^[A-Z]{2}$'),
        ADD CONSTRAINT supplier_identity CHECK (CASE WHEN country = 'FR'
          THEN siren IS NOT NULL AND departement IS NOT NULL AND register_number IS NULL AND register_name IS NULL
          ELSE departement IS NULL AND register_number IS NOT NULL AND register_name IS NOT NULL END);
      CREATE UNIQUE INDEX supplier_register ON supplier (country, lower(register_name), register_number)
        WHERE NOT sandbox AND register_number IS NOT NULL;
      CREATE UNIQUE INDEX supplier_vat_number ON supplier (vat_number) WHERE NOT sandbox AND country <> 'FR';
      ALTER TABLE site ADD COLUMN country text NOT NULL DEFAULT 'FR', ALTER COLUMN siret DROP NOT NULL,
        ADD CONSTRAINT site_siret_in_france CHECK ((country = 'FR') = (siret IS NOT NULL));
      CREATE OR REPLACE VIEW supplier_profile WITH (security_invoker = true) AS ${profile(identity)};
      ${kinds("'SIREN', 'VAT', 'ORIAS', 'REGISTER'")}`);
  }

  /** Fails while there are suppliers abroad: the schema before has no place for them. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE supplier ALTER COLUMN siren SET NOT NULL, ALTER COLUMN departement SET NOT NULL;
      ALTER TABLE site ALTER COLUMN siret SET NOT NULL;
      DROP VIEW supplier_profile;
      CREATE VIEW supplier_profile WITH (security_invoker = true) AS ${profile("")};
      GRANT SELECT ON supplier_profile TO caratlas_supplier, caratlas_person, caratlas_staff, caratlas_worker, caratlas_sandbox;
      DROP INDEX supplier_register, supplier_vat_number;
      ALTER TABLE supplier DROP COLUMN country, DROP COLUMN register_number, DROP COLUMN register_name,
        DROP COLUMN electronic_address;
      ALTER TABLE site DROP COLUMN country;
      ${kinds("'SIREN', 'VAT', 'ORIAS'")}`);
  }
}

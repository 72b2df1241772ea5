/**
 * Lettering of 411 and 4191: each line names the document that it opens or settles, and each document has the number
 * of its lettering on the supplier's account. A group of lines is lettered while it adds up to zero.
 *
 * Lines written before this settled several documents at once. Documents that such lines connect share a number, so
 * that their lines are lettered together once all of them are settled. Earlier lines of 4191 stay without lettering.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What the migration reads and fills, which the owner of the database cannot do under row-level security. */
const tables = [
  ...["billing_document", "settlement", "advance", "advance_use", "entry", "entry_line", "bank_transfer"],
  ...["stripe_dispute", "stripe_refund"],
];
const force = (how: "FORCE" | "NO FORCE"): string =>
  tables.map((table) => `ALTER TABLE ${table} ${how} ROW LEVEL SECURITY;`).join("\n");

const columns = `
  ${force("NO FORCE")}
  ALTER TABLE billing_document ADD COLUMN lettering integer;
  ALTER TABLE entry_line ADD COLUMN document_id uuid REFERENCES billing_document;
  ALTER TABLE billing_document DISABLE TRIGGER append_only;
  ALTER TABLE entry_line DISABLE TRIGGER append_only;`;

/** What a line of 411 concerns, by what caused it: documents with a cause in common were settled together. */
const connected = `
  CREATE TEMPORARY TABLE caused ON COMMIT DROP AS
    SELECT 'DOCUMENT' AS kind, id::text AS cause, id AS document_id FROM billing_document
    UNION SELECT 'DOCUMENT', id::text, corrects FROM billing_document WHERE corrects IS NOT NULL
    UNION SELECT 'MONEY', cause_id, document_id FROM settlement WHERE kind IN ('PAYMENT', 'PAYMENT_LOST')
    UNION SELECT 'MONEY', cause_id, document_id FROM advance WHERE cause_id IS NOT NULL
    UNION SELECT 'DOCUMENT', u.cause_id, u.advance_id FROM advance_use u
      JOIN billing_document d ON d.id::text = u.cause_id AND d.kind = 'CREDIT_NOTE'
    UNION SELECT 'MONEY', d.id, a.document_id FROM stripe_dispute d
      JOIN advance a ON a.cause_id = d.payment_id::text OR a.cause_id IN (
        SELECT r.id::text FROM stripe_refund r WHERE r.payment_id = d.payment_id AND r.returned_at IS NOT NULL)
      WHERE d.lost_at IS NOT NULL
    UNION SELECT 'MONEY', e.cause_id, a.document_id FROM entry e
      JOIN bank_transfer t ON t.bank_reference = e.piece JOIN advance a ON a.cause_id = t.id::text
      WHERE e.cause_kind = 'BANK_LINE';
  CREATE INDEX ON caused (kind, cause);
  CREATE INDEX ON caused (document_id);
  CREATE TEMPORARY TABLE grouped ON COMMIT DROP AS SELECT id AS document_id, id::text AS label FROM billing_document;
  ALTER TABLE grouped ADD PRIMARY KEY (document_id);`;

/** Every document takes the least label of the documents that it has a cause in common with. */
const spread = `
  WITH smallest AS (
    SELECT kind, cause, min(label) AS label FROM caused JOIN grouped USING (document_id) GROUP BY 1, 2
  ), next AS (
    SELECT document_id, min(label) AS label FROM caused JOIN smallest USING (kind, cause) GROUP BY 1
  )
  UPDATE grouped g SET label = next.label FROM next
  WHERE next.document_id = g.document_id AND next.label < g.label`;

const numbered = `
  UPDATE billing_document d SET lettering = ranked.number FROM (
    SELECT g.document_id, dense_rank() OVER (PARTITION BY m.supplier_id ORDER BY m.issued_at, m.id) AS number
    FROM grouped g JOIN billing_document m ON m.id::text = g.label
  ) ranked WHERE ranked.document_id = d.id;
  UPDATE entry_line l SET document_id = c.document_id
  FROM entry e, (SELECT DISTINCT ON (kind, cause) kind, cause, document_id FROM caused ORDER BY kind, cause, document_id) c
  WHERE l.account = '411' AND e.journal = l.journal AND e.year = l.year AND e.number = l.number
    AND c.cause = e.cause_id AND c.kind = CASE WHEN EXISTS (SELECT FROM billing_document d WHERE d.id::text = e.cause_id)
      THEN 'DOCUMENT' ELSE 'MONEY' END;
  ${force("FORCE")}
  ALTER TABLE entry_line ENABLE TRIGGER append_only;
  ALTER TABLE billing_document ENABLE TRIGGER append_only;
  ALTER TABLE billing_document ALTER COLUMN lettering SET NOT NULL;
  CREATE INDEX billing_document_lettering ON billing_document (supplier_id, lettering);
  CREATE INDEX entry_line_document ON entry_line (document_id) WHERE document_id IS NOT NULL;`;

const journalLine = (more: string): string => `
  SELECT e.journal, e.year, e.number, l.line, e.dated, e.label, e.piece, e.piece_date, e.cause_kind,
    e.cause_id, e.at, l.account, l.supplier_id, l.debit_cents, l.credit_cents, e.bank_day${more}
  FROM entry e JOIN entry_line l ON l.journal = e.journal AND l.year = e.year AND l.number = e.number`;

/** The day on which the lines of a lettering became zero; null while they are not, counted to the end of a year. */
const letteredOn = `
  CREATE FUNCTION lettered_on(of_supplier uuid, of_number integer, of_account text, until_year integer) RETURNS date
  LANGUAGE sql STABLE AS $$
    SELECT max(l.dated) FROM billing_document d
    JOIN journal_line l ON l.document_id = d.id AND l.account = of_account AND l.year <= until_year
    WHERE d.supplier_id = of_supplier AND d.lettering = of_number
    HAVING sum(l.debit_cents - l.credit_cents) = 0
  $$;`;

const readers = ["supplier", "person", "staff", "worker", "sandbox"]
  .map((role) => `caratlas_${role}`)
  .join(", ");

export class Lettering1767921000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(columns);
    await db.query(connected);
    for (let changed = 1; changed > 0;) [, changed] = (await db.query(spread)) as [unknown, number];
    await db.query(numbered);
    await db.query(`
      DROP VIEW journal_line;
      CREATE VIEW journal_line WITH (security_invoker = true) AS ${journalLine(", l.document_id")};
      GRANT SELECT ON journal_line TO ${readers};
      ${letteredOn}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP FUNCTION lettered_on;
      DROP VIEW journal_line;
      CREATE VIEW journal_line WITH (security_invoker = true) AS ${journalLine("")};
      GRANT SELECT ON journal_line TO ${readers};
      ALTER TABLE entry_line DROP COLUMN document_id;
      ALTER TABLE billing_document DROP COLUMN lettering`);
  }
}

/**
 * Files of bank statements are kept, sealed. A line is identified by account, reference, day, amount and
 * occurrence, and matched in parts, each of which can be taken back: what was in the columns of the line becomes
 * a part, under the id of the line, which is the cause of the settlements that corrected it.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const ownTables = [
  "bank_statement",
  "bank_statement_content",
  "bank_statement_balance",
  "bank_statement_line",
  "bank_line_part",
] as const;

const createTables = `
  CREATE TABLE bank_statement (
    id uuid PRIMARY KEY,
    format text NOT NULL CHECK (format IN ('CAMT053', 'CSV', 'CFONB120')),
    name text,
    iban text,
    gap_reason text,
    upload_id uuid,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    imported_at timestamptz NOT NULL,
    imported_by text NOT NULL,
    status text NOT NULL CHECK (status IN ('READING', 'BOOKING', 'IMPORTED', 'REFUSED')),
    faults jsonb NOT NULL,
    read integer NOT NULL,
    known integer NOT NULL,
    skipped integer NOT NULL,
    matched integer NOT NULL,
    unmatched integer NOT NULL,
    leased_until timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK ((ended_at IS NOT NULL) = (status IN ('IMPORTED', 'REFUSED')))
  );
  CREATE INDEX bank_statement_open ON bank_statement (imported_at) WHERE ended_at IS NULL;
  CREATE INDEX bank_statement_imported ON bank_statement (imported_at, id);
  CREATE TABLE bank_statement_content (
    statement_id uuid NOT NULL REFERENCES bank_statement (id),
    part integer NOT NULL,
    key_id smallint NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (statement_id, part)
  );
  CREATE TABLE bank_statement_balance (
    statement_id uuid NOT NULL REFERENCES bank_statement (id),
    nth integer NOT NULL,
    account text NOT NULL,
    number text,
    opening_cents bigint NOT NULL,
    opening_on date NOT NULL,
    closing_cents bigint NOT NULL,
    closing_on date NOT NULL,
    base_cents bigint NOT NULL,
    gap_cents bigint NOT NULL,
    stored bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (statement_id, nth)
  );
  CREATE INDEX bank_statement_balance_account ON bank_statement_balance (account, closing_on);
  CREATE TABLE bank_statement_line (
    statement_id uuid NOT NULL REFERENCES bank_statement (id),
    number integer NOT NULL,
    line integer NOT NULL,
    detail integer,
    line_id uuid REFERENCES bank_line (id),
    known text CHECK (known IN ('SAME', 'DIFFERS')),
    skipped text CHECK (skipped IN ('ZERO_AMOUNT', 'OTHER_CURRENCY', 'NOT_BOOKED')),
    CHECK ((line_id IS NULL) = (skipped IS NOT NULL)),
    PRIMARY KEY (statement_id, number)
  );
  CREATE TABLE bank_line_part (
    id uuid PRIMARY KEY,
    line_id uuid NOT NULL REFERENCES bank_line (id),
    kind text NOT NULL CHECK (kind IN ('TRANSFER', 'PAYOUT', 'REFUND', 'RECALL', 'BOOKED')),
    subject_id text NOT NULL,
    amount_cents bigint NOT NULL CHECK (amount_cents <> 0),
    corrected_cents bigint NOT NULL DEFAULT 0,
    supplier_id uuid REFERENCES supplier (id),
    document_id uuid,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    undo_id uuid,
    undone_at timestamptz,
    undone_by text,
    undone_reason text,
    CHECK ((undone_at IS NULL) = (undo_id IS NULL))
  );
  CREATE INDEX bank_line_part_line ON bank_line_part (line_id);
  CREATE INDEX bank_line_part_subject ON bank_line_part (subject_id);
  CREATE UNIQUE INDEX bank_line_part_once ON bank_line_part (kind, subject_id)
    WHERE undone_at IS NULL AND kind IN ('TRANSFER', 'PAYOUT', 'REFUND')`;

const changeLines = `
  ALTER TABLE bank_line DROP CONSTRAINT bank_line_reference_key;
  DROP TRIGGER matched_once ON bank_line;
  DROP INDEX bank_line_matched;
  ALTER TABLE bank_line
    ADD COLUMN statement_id uuid REFERENCES bank_statement (id),
    ADD COLUMN account text NOT NULL DEFAULT '',
    ADD COLUMN occurrence integer NOT NULL DEFAULT 1 CHECK (occurrence > 0),
    ADD COLUMN end_to_end_id text,
    ADD COLUMN transaction_id text,
    ADD COLUMN is_reversal boolean NOT NULL DEFAULT false,
    ADD COLUMN is_charge boolean NOT NULL DEFAULT false,
    ADD COLUMN waits_for text,
    ADD COLUMN open_cents bigint NOT NULL DEFAULT 0,
    ADD COLUMN booked_at timestamptz;
  ALTER TABLE bank_line DISABLE TRIGGER USER;
  UPDATE bank_line SET booked_at = imported_at,
    open_cents = CASE WHEN matched_kind IS NULL THEN amount_cents ELSE 0 END,
    waits_for = CASE WHEN matched_kind IS NULL THEN 'NOTHING_NAMED' END;
  INSERT INTO bank_line_part (id, line_id, kind, subject_id, amount_cents, corrected_cents, supplier_id, made_at, made_by)
    SELECT b.id, b.id, b.matched_kind, b.matched_id, b.amount_cents, b.corrected_cents,
      CASE b.matched_kind WHEN 'TRANSFER' THEN (SELECT supplier_id FROM bank_transfer WHERE id::text = b.matched_id)
        WHEN 'REFUND' THEN (SELECT supplier_id FROM bank_refund WHERE document_id::text = b.matched_id) END,
      b.imported_at, b.imported_by
    FROM bank_line b WHERE b.matched_kind IS NOT NULL;
  ALTER TABLE bank_line ENABLE TRIGGER USER;
  ALTER TABLE bank_line DROP COLUMN matched_kind, DROP COLUMN matched_id, DROP COLUMN corrected_cents;
  ALTER TABLE bank_line ALTER COLUMN account DROP DEFAULT, ALTER COLUMN occurrence DROP DEFAULT,
    ADD CONSTRAINT bank_line_identity UNIQUE (account, reference, booked_on, amount_cents, occurrence),
    ADD CONSTRAINT bank_line_open CHECK (open_cents = 0 OR sign(open_cents) = sign(amount_cents)
      AND abs(open_cents) <= abs(amount_cents));
  CREATE INDEX bank_line_reference ON bank_line (reference);
  CREATE INDEX bank_line_end_to_end ON bank_line (end_to_end_id) WHERE end_to_end_id IS NOT NULL;
  CREATE INDEX bank_line_transaction ON bank_line (transaction_id) WHERE transaction_id IS NOT NULL;
  CREATE INDEX bank_line_amount ON bank_line (amount_cents);
  CREATE INDEX bank_line_pending ON bank_line (statement_id, id) WHERE booked_at IS NULL;
  GRANT INSERT ON bank_line TO caratlas_worker;
  GRANT UPDATE (waits_for, open_cents, booked_at) ON bank_line TO caratlas_staff, caratlas_worker;
  DROP POLICY worker_rows ON bank_line;
  CREATE POLICY worker_rows ON bank_line TO caratlas_worker USING (true) WITH CHECK (true)`;

const grants: Readonly<Record<(typeof ownTables)[number], string>> = {
  bank_statement:
    "SELECT, INSERT, UPDATE (status, faults, read, known, skipped, matched, unmatched, leased_until, ended_at)",
  bank_statement_content: "SELECT, INSERT",
  bank_statement_balance: "SELECT, INSERT",
  bank_statement_line: "SELECT, INSERT",
  bank_line_part: "SELECT, INSERT, UPDATE (undo_id, undone_at, undone_by, undone_reason)",
};

export class BankStatements1767902000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The owner reads and changes rows of before, so their security is lifted for it in this transaction.
    const old = ["bank_line", "bank_transfer", "bank_refund"];
    for (const table of old) await db.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await db.query(createTables);
    await db.query(changeLines);
    for (const table of old) await db.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    for (const table of ownTables) {
      await db.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY staff_rows ON ${table} TO caratlas_staff USING (true) WITH CHECK (true);
        CREATE POLICY worker_rows ON ${table} TO caratlas_worker USING (true) WITH CHECK (true);
        GRANT ${grants[table]} ON ${table} TO caratlas_staff, caratlas_worker;
        CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION refuse_change()`);
    }
    await db.query(`
      GRANT DELETE ON bank_statement_content TO caratlas_worker;
      CREATE TRIGGER append_only BEFORE UPDATE OF id, line_id, kind, subject_id, amount_cents, corrected_cents,
        supplier_id, document_id, made_at, made_by ON bank_line_part FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER append_only BEFORE UPDATE OF id, account, reference, booked_on, amount_cents, occurrence,
        remittance, counterparty, imported_at, imported_by ON bank_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER undone_once BEFORE UPDATE ON bank_line_part FOR EACH ROW
        WHEN (OLD.undone_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_deleted BEFORE DELETE ON bank_line_part FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      "ALTER TABLE bank_line NO FORCE ROW LEVEL SECURITY; ALTER TABLE bank_line_part NO FORCE ROW LEVEL SECURITY",
    );
    await db.query(`
      DROP TRIGGER append_only ON bank_line;
      DROP POLICY worker_rows ON bank_line;
      CREATE POLICY worker_rows ON bank_line TO caratlas_worker USING (true);
      REVOKE INSERT ON bank_line FROM caratlas_worker;
      REVOKE UPDATE (waits_for, open_cents, booked_at) ON bank_line FROM caratlas_staff, caratlas_worker;
      DROP INDEX bank_line_reference, bank_line_end_to_end, bank_line_transaction, bank_line_amount, bank_line_pending;
      ALTER TABLE bank_line DROP CONSTRAINT bank_line_identity, DROP CONSTRAINT bank_line_open,
        ADD COLUMN matched_kind text CHECK (matched_kind IN ('TRANSFER', 'PAYOUT', 'REFUND', 'BOOKED')),
        ADD COLUMN matched_id text,
        ADD COLUMN corrected_cents bigint NOT NULL DEFAULT 0,
        ADD CHECK ((matched_kind IS NULL) = (matched_id IS NULL));
      ALTER TABLE bank_line DISABLE TRIGGER USER;
      UPDATE bank_line b SET matched_kind = p.kind, matched_id = p.subject_id, corrected_cents = p.corrected_cents
        FROM bank_line_part p WHERE p.line_id = b.id AND p.undone_at IS NULL AND p.kind <> 'RECALL';
      ALTER TABLE bank_line ENABLE TRIGGER USER;
      ALTER TABLE bank_line DROP COLUMN statement_id, DROP COLUMN account, DROP COLUMN occurrence,
        DROP COLUMN end_to_end_id, DROP COLUMN transaction_id, DROP COLUMN is_reversal, DROP COLUMN is_charge,
        DROP COLUMN waits_for, DROP COLUMN open_cents, DROP COLUMN booked_at,
        ADD CONSTRAINT bank_line_reference_key UNIQUE (reference);
      CREATE UNIQUE INDEX bank_line_matched ON bank_line (matched_kind, matched_id) WHERE matched_kind <> 'BOOKED';
      CREATE TRIGGER matched_once BEFORE UPDATE ON bank_line FOR EACH ROW
        WHEN (OLD.matched_kind IS NOT NULL) EXECUTE FUNCTION refuse_change();
      GRANT UPDATE (matched_kind, matched_id, corrected_cents) ON bank_line TO caratlas_staff;
      DROP TABLE bank_statement_line, bank_statement_balance, bank_statement_content, bank_line_part, bank_statement`);
    await db.query("ALTER TABLE bank_line FORCE ROW LEVEL SECURITY");
  }
}

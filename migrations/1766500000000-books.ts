/**
 * Books: how each lead is taxed, numbered accounting entries, invoices with their credit notes and deposits, and
 * what was paid on them. All of it is append-only but the counters, the profile and the progress of a run; an entry
 * that does not balance, or that is dated in a month that is locked, cannot be committed.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const own = "supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited())";
const treatments = "'STANDARD', 'OVERSEAS', 'NONE_OVERSEAS', 'REVERSE_CHARGE', 'OUTSIDE_SCOPE'";
const journals = "'VE', 'BQ', 'ST', 'OD', 'SI'";

const taxed = `
ALTER TABLE supplier_account ADD COLUMN vat_treatment text NOT NULL DEFAULT 'STANDARD'
  CHECK (vat_treatment IN (${treatments}));
ALTER TABLE posting ADD COLUMN vat text NOT NULL DEFAULT 'STANDARD' CHECK (vat IN (${treatments}));
ALTER TABLE supplier NO FORCE ROW LEVEL SECURITY;
ALTER TABLE supplier_account NO FORCE ROW LEVEL SECURITY;
ALTER TABLE posting NO FORCE ROW LEVEL SECURITY;
ALTER TABLE posting DISABLE TRIGGER append_only;
UPDATE supplier_account SET vat_treatment = CASE
    WHEN departement IN ('971', '972', '974') THEN 'OVERSEAS'
    WHEN departement IN ('973', '976') THEN 'NONE_OVERSEAS' ELSE 'OUTSIDE_SCOPE' END
  FROM supplier WHERE id = supplier_id AND departement ~ '^9[78]';
UPDATE posting SET vat = vat_treatment FROM supplier_account a
  WHERE a.supplier_id = posting.supplier_id AND vat_treatment <> 'STANDARD';
ALTER TABLE posting ENABLE TRIGGER append_only;
ALTER TABLE posting FORCE ROW LEVEL SECURITY;
ALTER TABLE supplier_account FORCE ROW LEVEL SECURITY;
ALTER TABLE supplier FORCE ROW LEVEL SECURITY;
ALTER TABLE posting ALTER COLUMN vat DROP DEFAULT;
-- What a transfer pays is said by the postings and settlements that it caused.
ALTER TABLE bank_transfer DROP COLUMN vat_rate_basis_points;
-- An account that is locked for a document has no column of it changed by who locks it.
GRANT UPDATE (vat_treatment) ON supplier_account TO caratlas_staff;
`;

const ledger = `
CREATE TABLE journal_counter (
  journal text NOT NULL CHECK (journal IN (${journals})),
  year integer NOT NULL,
  last_number bigint NOT NULL,
  last_date date NOT NULL,
  PRIMARY KEY (journal, year)
);
CREATE TABLE entry (
  journal text NOT NULL,
  year integer NOT NULL,
  number bigint NOT NULL,
  dated date NOT NULL,
  label text NOT NULL,
  piece text NOT NULL,
  piece_date date NOT NULL,
  cause_kind text NOT NULL,
  cause_id text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (journal, year, number),
  CHECK (year = extract(year FROM dated))
);
CREATE INDEX entry_cause ON entry (cause_id);
CREATE INDEX entry_dated ON entry (dated);
CREATE TABLE entry_line (
  journal text NOT NULL,
  year integer NOT NULL,
  number bigint NOT NULL,
  line smallint NOT NULL,
  account text NOT NULL,
  supplier_id uuid REFERENCES supplier,
  debit_cents bigint NOT NULL CHECK (debit_cents >= 0),
  credit_cents bigint NOT NULL CHECK (credit_cents >= 0),
  PRIMARY KEY (journal, year, number, line),
  FOREIGN KEY (journal, year, number) REFERENCES entry,
  CHECK ((debit_cents = 0) <> (credit_cents = 0)),
  CHECK ((account IN ('411', '4191')) <= (supplier_id IS NOT NULL))
);
CREATE INDEX entry_line_supplier ON entry_line (supplier_id, account);
CREATE TABLE vat_due (
  journal text NOT NULL,
  year integer NOT NULL,
  number bigint NOT NULL,
  line smallint NOT NULL,
  supplier_id uuid REFERENCES supplier,
  treatment text NOT NULL CHECK (treatment IN (${treatments})),
  net_cents bigint NOT NULL,
  vat_cents bigint NOT NULL,
  PRIMARY KEY (journal, year, number, line),
  FOREIGN KEY (journal, year, number) REFERENCES entry
);
CREATE TABLE period (
  month text PRIMARY KEY CHECK (month ~ '^\\d{4}-\\d{2}$'),
  locked boolean NOT NULL
);
CREATE TABLE period_act (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  month text NOT NULL,
  act text NOT NULL CHECK (act IN ('LOCK', 'UNLOCK')),
  reason text,
  actor text NOT NULL,
  at timestamptz NOT NULL
);

CREATE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE difference bigint; lines integer;
BEGIN
  SELECT sum(debit_cents - credit_cents), count(*) INTO difference, lines FROM entry_line
    WHERE journal = NEW.journal AND year = NEW.year AND number = NEW.number;
  IF lines < 2 OR difference <> 0 THEN
    RAISE EXCEPTION 'entry % % is out of balance', NEW.journal, NEW.number USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION entry_balances();
CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON entry_line DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION entry_balances();

-- Whoever comes too late is run again, and dated anew.
CREATE FUNCTION refuse_locked_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM period WHERE locked AND month = to_char(NEW.dated, 'YYYY-MM')) THEN
    RAISE EXCEPTION '% is locked', to_char(NEW.dated, 'YYYY-MM') USING ERRCODE = '40001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER open_month BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse_locked_month();
`;

const documents = `
CREATE TABLE billing_profile (
  supplier_id uuid PRIMARY KEY REFERENCES supplier,
  country text NOT NULL,
  vat_number text,
  street text NOT NULL,
  postcode text NOT NULL,
  city text NOT NULL,
  language text NOT NULL CHECK (language IN ('FR', 'EN')),
  purchase_order text,
  updated_at timestamptz NOT NULL
);
CREATE TABLE document_series (
  kind text NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT_NOTE', 'DEPOSIT')),
  year integer NOT NULL,
  last_number bigint NOT NULL,
  last_date date NOT NULL,
  PRIMARY KEY (kind, year)
);
CREATE TABLE billing_document (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  year integer NOT NULL,
  number bigint NOT NULL,
  name text NOT NULL UNIQUE,
  supplier_id uuid NOT NULL REFERENCES supplier,
  issued_on date NOT NULL,
  due_on date,
  treatment text NOT NULL CHECK (treatment IN (${treatments})),
  on_debits boolean NOT NULL,
  net_cents bigint NOT NULL CHECK (net_cents > 0),
  vat_cents bigint NOT NULL CHECK (vat_cents >= 0),
  advance_net_cents bigint NOT NULL,
  advance_vat_cents bigint NOT NULL,
  corrects uuid REFERENCES billing_document,
  content jsonb NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_by text NOT NULL,
  UNIQUE (kind, year, number),
  CHECK (year = extract(year FROM issued_on))
);
CREATE INDEX billing_document_supplier ON billing_document (supplier_id, issued_at, id);
CREATE INDEX billing_document_corrects ON billing_document (corrects) WHERE corrects IS NOT NULL;
CREATE TABLE billed_posting (
  supplier_id uuid NOT NULL,
  posting_number bigint NOT NULL,
  document_id uuid NOT NULL REFERENCES billing_document,
  PRIMARY KEY (supplier_id, posting_number)
);
CREATE INDEX billed_posting_document ON billed_posting (document_id, posting_number);
CREATE TABLE advance (
  document_id uuid PRIMARY KEY REFERENCES billing_document,
  supplier_id uuid NOT NULL REFERENCES supplier,
  treatment text NOT NULL,
  net_cents bigint NOT NULL,
  vat_cents bigint NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX advance_supplier ON advance (supplier_id);
CREATE TABLE advance_use (
  advance_id uuid NOT NULL REFERENCES advance,
  cause_id text NOT NULL,
  net_cents bigint NOT NULL,
  vat_cents bigint NOT NULL,
  PRIMARY KEY (advance_id, cause_id)
);
CREATE INDEX advance_use_cause ON advance_use (cause_id);
CREATE TABLE settlement (
  document_id uuid NOT NULL REFERENCES billing_document,
  kind text NOT NULL CHECK (kind IN ('PAYMENT', 'PAYMENT_LOST', 'CREDIT_NOTE', 'WRITE_OFF')),
  cause_id text NOT NULL,
  supplier_id uuid NOT NULL,
  net_cents bigint NOT NULL,
  vat_cents bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (document_id, kind, cause_id)
);
CREATE INDEX settlement_cause ON settlement (cause_id);
CREATE INDEX settlement_supplier ON settlement (supplier_id);
CREATE TABLE invoice_run (
  id uuid PRIMARY KEY,
  month text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  suppliers integer NOT NULL,
  done integer NOT NULL,
  documents integer NOT NULL,
  failed jsonb NOT NULL,
  leased_until timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX one_run_of_a_month ON invoice_run (month) WHERE ended_at IS NULL;
`;

const appendOnly = [
  "entry",
  "entry_line",
  "vat_due",
  "period_act",
  "billing_document",
  "billed_posting",
  "advance",
  "advance_use",
  "settlement",
];
/** Of a supplier, which sees its own; the rest is ours alone. */
const ofSupplier = new Set([
  "billing_profile",
  "billing_document",
  "billed_posting",
  "advance",
  "settlement",
]);
const changing: Record<string, string> = {
  journal_counter: "SELECT, INSERT, UPDATE",
  document_series: "SELECT, INSERT, UPDATE",
  period: "SELECT, INSERT, UPDATE",
  billing_profile: "SELECT, INSERT, UPDATE",
  invoice_run: "SELECT, INSERT, UPDATE",
};
const all = [...Object.keys(changing), ...appendOnly];

function policiesOf(table: string): string {
  const rights = changing[table] ?? "SELECT, INSERT";
  const lines = [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`];
  for (const role of ["staff", "worker"]) {
    lines.push(`GRANT ${rights} ON ${table} TO caratlas_${role}`);
    lines.push(`CREATE POLICY ${role}_rows ON ${table} TO caratlas_${role} USING (true) WITH CHECK (true)`);
  }
  if (ofSupplier.has(table)) {
    lines.push(`GRANT SELECT ON ${table} TO caratlas_supplier`);
    lines.push(`CREATE POLICY supplier_rows ON ${table} TO caratlas_supplier USING (${own})`);
  }
  return lines.join(";\n");
}

export class Books1766500000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(taxed);
    await db.query(ledger);
    await db.query(documents);
    for (const table of appendOnly) {
      await db.query(`
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION refuse_change()`);
    }
    for (const table of all) await db.query(policiesOf(table));
    await db.query("GRANT SELECT ON bank_transfer TO caratlas_worker");
    await db.query("CREATE POLICY worker_rows ON bank_transfer TO caratlas_worker USING (true)");
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE ${all.join(", ")} CASCADE`);
    await db.query("DROP FUNCTION entry_balances, refuse_locked_month");
    await db.query(`
      DROP POLICY worker_rows ON bank_transfer;
      REVOKE SELECT ON bank_transfer FROM caratlas_worker;
      ALTER TABLE bank_transfer ADD COLUMN vat_rate_basis_points integer NOT NULL DEFAULT 2000;
      ALTER TABLE posting DROP COLUMN vat;
      ALTER TABLE supplier_account DROP COLUMN vat_treatment`);
  }
}

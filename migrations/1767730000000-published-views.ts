/**
 * Views that a feature publishes for the others: what they may read of its tables, by the names of its choice. All
 * run with the rights of who asks (security_invoker), so row-level security holds as on the tables themselves.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const view = (name: string, select: string): string =>
  `CREATE VIEW ${name} WITH (security_invoker = true) AS ${select};`;

/** In the order of the modules, so that a view may read one that stands before it. */
const views: Readonly<Record<string, string>> = {
  // access/identity
  consumer_presence: "SELECT supplier_id, seen_until, limit_sites, limit_campaigns FROM presence",
  // people/leads
  lead_request: `SELECT month, id, reference, product_id, state, close_reason, submitted_at, confirmed_at, wait_until,
      next_try_at, tried_at, waiting_for, joined_lead_id, closed_at, erased_at, source FROM lead`,
  lead_contact_digest: "SELECT month, lead_id, kind, digest, proven FROM lead_index",
  lead_answers: `SELECT month, lead_id, product_id, form_version, submitted_at, answers, texts_answered, place
      FROM lead_need`,
  sealed_person: "SELECT month, lead_id, key_id, wrapped_key, sealed FROM lead_secret",
  // people/consent
  recorded_consent: "SELECT month, lead_id, number, content FROM consent_act",
  // account/ledger
  account_state: `SELECT supplier_id, mode, balance_cents, suspension, last_position, opened_at, alert_below_cents,
      alerted_at, spend_cap_cents, spend_month, spend_told, spend_left_cents FROM supplier_account`,
  ledger_posting: `SELECT month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id, vat
      FROM posting`,
  journal_line: `SELECT e.journal, e.year, e.number, l.line, e.dated, e.label, e.piece, e.piece_date, e.cause_kind,
      e.cause_id, e.at, l.account, l.supplier_id, l.debit_cents, l.credit_cents
      FROM entry e JOIN entry_line l ON l.journal = e.journal AND l.year = e.year AND l.number = e.number`,
  vat_line: `SELECT v.treatment, v.supplier_id, v.net_cents, v.vat_cents, e.dated, e.cause_kind, e.cause_id
      FROM vat_due v JOIN entry e ON e.journal = v.journal AND e.year = v.year AND e.number = v.number`,
  // account/feed
  feed_entry: "SELECT supplier_id, position, at, kind, delivery_id, detail FROM feed_event",
  feed_acknowledgement: "SELECT supplier_id, position, acknowledged_at FROM feed_position",
  // account/suppliers
  supplier_profile: `SELECT s.id AS supplier_id, s.siren, s.name, s.sandbox,
      cardinality(s.credit_agencies) > 0 AS asks_for_credit,
      CASE WHEN p.supplier_id IS NULL THEN s.vat_number ELSE p.vat_number END AS vat_number, p.email, p.email_since
      FROM supplier s LEFT JOIN billing_profile p ON p.supplier_id = s.id`,
  // offers/campaigns
  campaign_summary: "SELECT id, supplier_id, site_id, product_id, status, version FROM campaign",
  current_campaign: `SELECT c.id, c.supplier_id, c.product_id, c.status, v.version, v.created_at AS version_created_at,
      v.terms FROM campaign c JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version`,
  // delivery/deliveries
  delivered_lead: `SELECT month, id, lead_id, supplier_id, campaign_id, campaign_version, seat, price_cents, matched_at,
      credited_at, revoked_at, acknowledged_at, sandbox FROM delivery`,
  // delivery/endpoints
  endpoint_delivery: `SELECT e.supplier_id, a.position, a.at, a.delivered
      FROM endpoint_attempt a JOIN endpoint e ON e.id = a.endpoint_id`,
  // delivery/outcomes
  reported_outcome: "SELECT month, delivery_id, report_key, reported_at FROM outcome",
};

/** What is open on an invoice: its amount less advances and what was settled before an instant. */
const openInvoices = `
  CREATE FUNCTION open_invoices(before timestamptz)
  RETURNS TABLE (id uuid, supplier_id uuid, name text, treatment text, on_debits boolean, issued_on date, due_on date,
    issued_at timestamptz, late_fees_of uuid, net_cents bigint, vat_cents bigint)
  LANGUAGE sql STABLE AS $$
    SELECT d.id, d.supplier_id, d.name, d.treatment, d.on_debits, d.issued_on, d.due_on, d.issued_at, d.late_fees_of,
      (d.net_cents - d.advance_net_cents - coalesce(settled.net_cents, 0))::bigint,
      (d.vat_cents - d.advance_vat_cents - coalesce(settled.vat_cents, 0))::bigint
    FROM billing_document d
    LEFT JOIN LATERAL (SELECT sum(s.net_cents) AS net_cents, sum(s.vat_cents) AS vat_cents FROM settlement s
      WHERE s.document_id = d.id AND s.at < before) AS settled ON true
    WHERE d.kind = 'INVOICE' AND d.issued_at < before
  $$;
  CREATE VIEW open_document WITH (security_invoker = true) AS
    SELECT id, supplier_id, name, treatment, on_debits, issued_on, due_on, issued_at, late_fees_of, net_cents, vat_cents
    FROM open_invoices('infinity');`;

const readers = ["supplier", "person", "staff", "worker", "sandbox"]
  .map((role) => `caratlas_${role}`)
  .join(", ");

export class PublishedViews1767730000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      Object.entries(views)
        .map(([name, select]) => view(name, select))
        .join("\n"),
    );
    await db.query(openInvoices);
    await db.query(`GRANT SELECT ON ${[...Object.keys(views), "open_document"].join(", ")} TO ${readers}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP VIEW open_document, ${Object.keys(views).join(", ")}; DROP FUNCTION open_invoices`);
  }
}

/**
 * Invariants of the books. Each rule is a query that returns violations: where the rule is broken and by how
 * many cents. The rules query the tables directly, so they also find rows that our code would not have
 * written.
 */
import { dayAndLetteringRules } from "./day-and-lettering-rules";
import type { ProofRule } from "./proof-rule";
import { documentsAreSales, documentsAreVat } from "./document-sums-sql";
import { bankRules } from "./bank-rules";
import { accountIs, effect, heldAdvances, openInvoices } from "./proof-sql";

const leads: ProofRule[] = [
  {
    name: "LEAD_CHARGED_ONCE",
    sql: `SELECT d.id::text AS subject, d.price_cents - coalesce(sum(p.amount_cents), 0) AS cents FROM delivery d
      LEFT JOIN posting p ON p.supplier_id = d.supplier_id AND p.kind = 'CHARGE' AND p.cause_kind = 'DELIVERY'
        AND p.cause_id = d.id::text
      WHERE NOT d.sandbox GROUP BY d.month, d.id
      HAVING count(p.number) <> 1 OR d.price_cents <> sum(p.amount_cents)`,
  },
  {
    name: "LEAD_CREDITED_ONCE",
    sql: `SELECT coalesce(d.id::text, p.cause_id) AS subject, coalesce(p.amount_cents, 0) AS cents
      FROM (SELECT id FROM delivery WHERE credited_at IS NOT NULL) d
      FULL JOIN (SELECT number, amount_cents, cause_id FROM posting WHERE kind = 'CREDIT') p
        ON p.cause_id = d.id::text
      WHERE d.id IS NULL OR p.number IS NULL`,
  },
  {
    name: "BALANCE_IS_POSTED",
    sql: `SELECT a.supplier_id::text AS subject, a.balance_cents - coalesce(sum(${effect}), 0) AS cents
      FROM supplier_account a LEFT JOIN posting p USING (supplier_id)
      GROUP BY a.supplier_id HAVING a.balance_cents <> coalesce(sum(${effect}), 0)`,
  },
  {
    name: "POSTINGS_NUMBERED",
    sql: `SELECT a.supplier_id::text AS subject, a.last_posting - count(p.number) AS cents
      FROM supplier_account a LEFT JOIN posting p USING (supplier_id)
      GROUP BY a.supplier_id
      HAVING a.last_posting <> count(p.number) OR a.last_posting <> coalesce(max(p.number), 0)`,
  },
  {
    name: "DOCUMENT_IS_ITS_LEADS",
    sql: `SELECT d.name AS subject, d.net_cents - sum(part.cents) AS cents FROM billing_document d
      JOIN (SELECT b.document_id, CASE p.kind WHEN 'CHARGE' THEN p.amount_cents ELSE -p.amount_cents END AS cents
        FROM billed_posting b
        JOIN posting p ON p.supplier_id = b.supplier_id AND p.number = b.posting_number) part
        ON part.document_id = d.id
      GROUP BY d.id HAVING d.net_cents <> sum(part.cents) * CASE d.kind WHEN 'INVOICE' THEN 1 ELSE -1 END`,
  },
  {
    name: "BALANCE_IS_EXPLAINED",
    sql: `SELECT a.supplier_id::text AS subject, a.balance_cents - coalesce(held.net, 0) + coalesce(open.net, 0)
        - coalesce(unbilled.net, 0) AS cents
      FROM supplier_account a
      LEFT JOIN (SELECT supplier_id, sum(net) AS net FROM (${heldAdvances}) h GROUP BY 1) held USING (supplier_id)
      LEFT JOIN (SELECT supplier_id, sum(net) AS net FROM (${openInvoices}) o GROUP BY 1) open USING (supplier_id)
      LEFT JOIN (SELECT supplier_id, sum(${effect}) AS net FROM posting p WHERE kind IN ('CHARGE', 'CREDIT')
        AND NOT EXISTS (SELECT FROM billed_posting b
          WHERE b.supplier_id = p.supplier_id AND b.posting_number = p.number)
        GROUP BY 1) unbilled USING (supplier_id)
      WHERE a.balance_cents <> coalesce(held.net, 0) - coalesce(open.net, 0) + coalesce(unbilled.net, 0)`,
  },
];

const documents: ProofRule[] = [
  {
    name: "DOCUMENTS_NUMBERED",
    sql: `SELECT s.kind || ' ' || s.year AS subject, s.last_number - count(d.id) AS cents
      FROM document_series s FULL JOIN billing_document d USING (kind, year)
      GROUP BY s.kind, s.year, s.last_number
      HAVING s.last_number IS NULL OR s.last_number <> count(d.id) OR s.last_number <> max(d.number)`,
  },
  {
    name: "DOCUMENTS_IN_ORDER",
    sql: `SELECT name AS subject, 0 AS cents FROM (SELECT name, issued_on,
        lag(issued_on) OVER (PARTITION BY kind, year ORDER BY number) AS earlier FROM billing_document) d
      WHERE issued_on < earlier`,
  },
  {
    name: "DOCUMENT_IS_BOOKED",
    sql: `SELECT d.name AS subject, d.net_cents + d.vat_cents - coalesce(sum(l.debit_cents), 0) AS cents
      FROM billing_document d LEFT JOIN (entry e JOIN entry_line l USING (journal, year, number)) ON e.cause_id = d.id::text AND e.journal = 'VE'
      GROUP BY d.id HAVING d.net_cents + d.vat_cents <> coalesce(sum(l.debit_cents), 0)
        + CASE WHEN d.kind = 'INVOICE' THEN d.advance_vat_cents ELSE 0 END`,
  },
  { name: "DOCUMENTS_ARE_SALES", sql: documentsAreSales },
  { name: "DOCUMENTS_ARE_VAT", sql: documentsAreVat },
  {
    name: "NOTHING_OVERPAID",
    sql: `SELECT name AS subject, net + vat AS cents FROM (${openInvoices}) o WHERE net < 0 OR vat < 0
      UNION ALL SELECT document_id::text, net + vat FROM (${heldAdvances}) h WHERE net < 0 OR vat < 0`,
  },
];

const entries: ProofRule[] = [
  {
    name: "ENTRIES_BALANCE",
    sql: `SELECT journal || year || '-' || number AS subject, coalesce(sum(debit_cents - credit_cents), 0) AS cents
      FROM entry LEFT JOIN entry_line USING (journal, year, number) GROUP BY journal, year, number
      HAVING coalesce(sum(debit_cents - credit_cents), 1) <> 0`,
  },
  {
    name: "ENTRIES_NUMBERED",
    sql: `SELECT c.journal || c.year AS subject, c.last_number - count(e.number) AS cents
      FROM journal_counter c FULL JOIN entry e USING (journal, year) GROUP BY c.journal, c.year, c.last_number
      HAVING c.last_number IS NULL OR c.last_number <> count(e.number) OR c.last_number <> max(e.number)`,
  },
  {
    name: "RECEIVABLES_ARE_OPEN_INVOICES",
    sql: accountIs(
      "411",
      `SELECT supplier_id, sum(net + vat) AS expected FROM (${openInvoices}) o GROUP BY 1`,
    ),
  },
  {
    name: "ADVANCES_ARE_HELD",
    sql: accountIs("4191", `SELECT supplier_id, -sum(net) AS expected FROM (${heldAdvances}) h GROUP BY 1`),
  },
  {
    name: "VAT_WAITS_ON_OPEN_INVOICES",
    sql: `SELECT '44574' AS subject, booked + expected AS cents FROM
      (SELECT coalesce(sum(debit_cents - credit_cents), 0) AS booked FROM entry_line WHERE account = '44574') b,
      (SELECT coalesce(sum(vat), 0) AS expected FROM (${openInvoices}) o WHERE NOT on_debits) x
      WHERE booked + expected <> 0`,
  },
  {
    name: "VAT_DUE_IS_BOOKED",
    sql: `SELECT journal || year || '-' || number AS subject, coalesce(due, 0) + coalesce(booked, 0) AS cents
      FROM (SELECT journal, year, number, sum(vat_cents) AS due FROM vat_due GROUP BY 1, 2, 3) d
      FULL JOIN (SELECT journal, year, number, sum(debit_cents - credit_cents) AS booked FROM entry_line
        WHERE account = '44571' GROUP BY 1, 2, 3) b USING (journal, year, number)
      WHERE coalesce(due, 0) + coalesce(booked, 0) <> 0`,
  },
  {
    name: "TRANSFERS_ARE_BOOKED",
    sql: `SELECT t.bank_reference AS subject, t.amount_incl_vat_cents - coalesce(booked.cents, 0) AS cents
      FROM bank_transfer t
      LEFT JOIN LATERAL (SELECT sum(l.debit_cents - l.credit_cents) AS cents FROM entry e JOIN entry_line l USING (journal, year, number)
        WHERE e.cause_id = t.id::text AND l.account IN ('512', '580', '471')) booked ON true
      LEFT JOIN LATERAL (SELECT sum(p.amount_cents) AS cents FROM posting p
        WHERE p.supplier_id = t.supplier_id AND p.cause_kind = 'BANK_TRANSFER' AND p.cause_id = t.id::text) posted
        ON true
      WHERE t.amount_incl_vat_cents IS DISTINCT FROM booked.cents
        OR t.amount_incl_vat_cents IS DISTINCT FROM posted.cents`,
  },
  {
    name: "PAYMENTS_ARE_BOOKED",
    sql: `SELECT s.id::text AS subject, s.amount_incl_vat_cents - coalesce(booked.cents, 0) AS cents
      FROM stripe_payment s
      LEFT JOIN LATERAL (SELECT sum(l.debit_cents - l.credit_cents) AS cents FROM entry e JOIN entry_line l USING (journal, year, number)
        WHERE e.cause_id = s.id::text AND l.account = '5115') booked ON true
      LEFT JOIN LATERAL (SELECT sum(p.amount_cents) AS cents FROM posting p
        WHERE p.supplier_id = s.supplier_id AND p.cause_kind = 'STRIPE_PAYMENT' AND p.cause_id = s.id::text) posted
        ON true
      WHERE s.status = 'SUCCEEDED' AND (s.settled_at IS NULL
        OR s.amount_incl_vat_cents IS DISTINCT FROM booked.cents
        OR s.amount_incl_vat_cents IS DISTINCT FROM posted.cents)`,
  },
  {
    name: "REFUNDS_ARE_BOOKED",
    sql: `SELECT d.name AS subject, sum(r.amount_incl_vat_cents) - coalesce(max(booked.cents), 0) AS cents
      FROM stripe_refund r JOIN billing_document d ON d.id = r.document_id
      LEFT JOIN LATERAL (SELECT sum(l.credit_cents) AS cents FROM entry e JOIN entry_line l USING (journal, year, number)
        WHERE e.cause_id = d.id::text AND l.account = '5115') booked ON true
      GROUP BY d.id HAVING sum(r.amount_incl_vat_cents) IS DISTINCT FROM max(booked.cents)`,
  },
  {
    name: "ACCRUALS_END",
    sql: `SELECT account AS subject, sum(debit_cents - credit_cents) AS cents FROM entry e JOIN entry_line l USING (journal, year, number)
      WHERE e.journal = 'SI' GROUP BY account HAVING sum(debit_cents - credit_cents) <> 0`,
  },
];

export const proofRules: readonly ProofRule[] = [
  ...leads,
  ...documents,
  ...bankRules,
  ...entries,
  ...dayAndLetteringRules,
];

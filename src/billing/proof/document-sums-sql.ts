/**
 * SQL of the rules that compare the sum of all documents with the books: what a supplier was billed is what the
 * ledger says about it. Paid parts of credit notes that were kept before they had a deposit invoice count like
 * the deposit invoice that is missing.
 */
import { openInvoices } from "./proof-sql";

const undocumented = `
  SELECT a.supplier_id, a.treatment, a.net_cents, a.vat_cents FROM advance a
  JOIN billing_document d ON d.id = a.document_id AND d.kind = 'CREDIT_NOTE'
  WHERE NOT EXISTS (SELECT FROM billing_document k WHERE k.corrects = d.id AND k.kind = 'DEPOSIT')`;

/** Accruals are left out, because they are reversed on the next day. */
export const documentsAreSales = `
  SELECT supplier_id::text AS subject, coalesce(said.net, 0) - coalesce(booked.net, 0) AS cents
  FROM (SELECT supplier_id, sum(net) AS net FROM (
      SELECT supplier_id, CASE kind WHEN 'INVOICE' THEN net_cents - advance_net_cents
        WHEN 'DEPOSIT' THEN net_cents ELSE -net_cents END AS net FROM billing_document
      UNION ALL SELECT supplier_id, net_cents FROM (${undocumented}) u) part GROUP BY 1) said
  FULL JOIN (SELECT of.supplier_id, sum(l.credit_cents - l.debit_cents) AS net FROM entry_line l
    JOIN (SELECT DISTINCT ON (journal, year, number) journal, year, number, supplier_id FROM entry_line
      WHERE supplier_id IS NOT NULL) of USING (journal, year, number)
    WHERE l.account IN ('706', '709', '4191') AND l.journal <> 'SI'
      OR l.account IN ('758', '763') AND l.journal = 'VE'
    GROUP BY 1) booked USING (supplier_id)
  WHERE coalesce(said.net, 0) <> coalesce(booked.net, 0)`;

/**
 * An invoice leaves out the VAT of the deposits it uses, because their own documents say it. VAT that is due on
 * payment waits while an invoice is open; the VAT of a write-off never becomes due.
 */
export const documentsAreVat = `
  SELECT treatment AS subject, coalesce(said.vat, 0) - coalesce(booked.vat, 0) AS cents
  FROM (SELECT treatment, sum(vat) AS vat FROM (
      SELECT treatment, CASE kind WHEN 'CREDIT_NOTE' THEN -vat_cents ELSE vat_cents END AS vat
        FROM billing_document
      UNION ALL SELECT d.treatment, -u.vat_cents FROM advance_use u
        JOIN billing_document d ON d.id::text = u.cause_id AND d.kind = 'INVOICE'
      UNION ALL SELECT treatment, vat_cents FROM (${undocumented}) k) part GROUP BY 1) said
  FULL JOIN (SELECT treatment, sum(vat) AS vat FROM (
      SELECT treatment, vat_cents AS vat FROM vat_due
      UNION ALL SELECT d.treatment, o.vat FROM (${openInvoices}) o JOIN billing_document d USING (id)
        WHERE NOT o.on_debits
      UNION ALL SELECT d.treatment, s.vat_cents FROM settlement s JOIN billing_document d ON d.id = s.document_id
        WHERE s.kind = 'WRITE_OFF') part GROUP BY 1) booked USING (treatment)
  WHERE coalesce(said.vat, 0) <> coalesce(booked.vat, 0)`;

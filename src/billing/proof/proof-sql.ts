/** SQL shared by several rules of the proof. */

/** Effect of a posting `p` on its supplier's balance. */
export const effect = `(CASE WHEN p.credit IN ('411', '4181', '4191') THEN p.amount_cents ELSE 0 END
  - CASE WHEN p.debit IN ('411', '4181', '4191') THEN p.amount_cents ELSE 0 END)`;

export const openInvoices = `
  SELECT d.id, d.name, d.supplier_id, d.on_debits,
    d.net_cents - d.advance_net_cents - coalesce(s.net, 0) AS net,
    d.vat_cents - d.advance_vat_cents - coalesce(s.vat, 0) AS vat
  FROM billing_document d LEFT JOIN (
    SELECT document_id, sum(net_cents) AS net, sum(vat_cents) AS vat FROM settlement GROUP BY 1
  ) s ON s.document_id = d.id WHERE d.kind = 'INVOICE'`;

export const heldAdvances = `
  SELECT a.document_id, a.supplier_id, a.net_cents - coalesce(u.net, 0) AS net, a.vat_cents - coalesce(u.vat, 0) AS vat
  FROM advance a LEFT JOIN (
    SELECT advance_id, sum(net_cents) AS net, sum(vat_cents) AS vat FROM advance_use GROUP BY 1
  ) u ON u.advance_id = a.document_id`;

/** Compares the balance of an account per supplier with the expected sum. */
export const accountIs = (account: string, expected: string): string => `
  SELECT supplier_id::text AS subject, coalesce(booked, 0) - coalesce(expected, 0) AS cents
  FROM (SELECT supplier_id, sum(debit_cents - credit_cents) AS booked FROM entry_line
    WHERE account = '${account}' GROUP BY 1) b
  FULL JOIN (${expected}) x USING (supplier_id) WHERE coalesce(booked, 0) <> coalesce(expected, 0)`;

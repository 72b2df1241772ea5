/** Rules of the proof about the day of entries that money causes, and about lettering. */
import { heldAdvances, openInvoices } from "./proof-sql";
import type { RuleName } from "./rule-words";

export const dayAndLetteringRules: readonly { readonly name: RuleName; readonly sql: string }[] = [
  {
    name: "MONEY_IS_DATED_BY_THE_BANK",
    sql: `SELECT journal || year || '-' || number AS subject, 0 AS cents FROM entry e
      WHERE bank_day IS NOT NULL AND dated < least(bank_day, (at AT TIME ZONE 'Europe/Paris')::date)
        OR dated > bank_day AND NOT EXISTS (SELECT FROM period_act l WHERE l.act = 'LOCK' AND l.at <= e.at
          AND l.month >= to_char(e.bank_day, 'YYYY-MM') AND (l.month || '-01')::date + interval '1 month' = e.dated
          AND NOT EXISTS (SELECT FROM period_act u WHERE u.act = 'UNLOCK' AND u.month = l.month AND u.id > l.id
            AND u.at < e.at))
      UNION ALL SELECT t.bank_reference, 0 FROM bank_transfer t
      JOIN entry e ON e.cause_id = t.id::text AND e.cause_kind = 'PAYMENT' WHERE e.bank_day <> t.received_on`,
  },
  {
    name: "LETTERED_LINES_ARE_SETTLED",
    sql: `SELECT coalesce(b.supplier_id, x.supplier_id)::text AS subject, coalesce(booked, 0) - coalesce(expected, 0) AS cents
      FROM (SELECT l.supplier_id, coalesce(d.lettering, 0) AS lettering, sum(l.debit_cents - l.credit_cents) AS booked
        FROM entry_line l LEFT JOIN billing_document d ON d.id = l.document_id WHERE l.account = '411' GROUP BY 1, 2) b
      FULL JOIN (SELECT o.supplier_id, d.lettering, sum(o.net + o.vat) AS expected
        FROM (${openInvoices}) o JOIN billing_document d USING (id) GROUP BY 1, 2) x
        ON x.supplier_id = b.supplier_id AND x.lettering = b.lettering
      WHERE coalesce(booked, 0) <> coalesce(expected, 0)
      UNION ALL SELECT b.document_id::text, booked + coalesce(h.net, 0)
      FROM (SELECT document_id, sum(debit_cents - credit_cents) AS booked FROM entry_line
        WHERE account = '4191' AND document_id IS NOT NULL GROUP BY 1 HAVING bool_or(credit_cents > 0)) b
      LEFT JOIN (${heldAdvances}) h USING (document_id) WHERE booked + coalesce(h.net, 0) <> 0`,
  },
];

/**
 * The comparisons of a reconciliation. Each query returns `subject` and the cents on the left and right side
 * (`l`, `r`), null where a side has nothing. `$1` and `$2` are the instants at which the month begins and
 * ends, `$3` and `$4` the corresponding days.
 */
import type { Words } from "../../shared/language";
import type { ComparisonName } from "./reconciliation-view";

export interface Sides {
  readonly name: ComparisonName;
  readonly left: Words;
  readonly right: Words;
  readonly sql: string;
}

const inMonth = (column: string): string =>
  `${column} >= $1 AND ${column} < $2 AND $3::text IS NOT NULL AND $4::text IS NOT NULL`;
const onDays = (column: string): string =>
  `${column} >= $3::date AND ${column} < $4::date AND $1::timestamptz IS NOT NULL AND $2::timestamptz IS NOT NULL`;

const full = (left: string, right: string): string =>
  `SELECT coalesce(x.id, y.id) AS subject, x.cents AS l, y.cents AS r
   FROM (${left}) x FULL JOIN (${right}) y ON x.id = y.id`;

/** Whether `p` is the standing part of a kind for a subject. */
const stands = (kind: string, subject: string): string =>
  `p.kind = '${kind}' AND p.undone_at IS NULL AND p.subject_id = ${subject}`;

/** What lines show of a kind, and what nobody has assigned. */
const linesOf = (kind: "TRANSFER" | "REFUND"): string => {
  const sign = kind === "TRANSFER" ? "" : "-";
  return `SELECT b.reference AS id, sum(${sign}(b.open_cents + coalesce(part.cents, 0)))::bigint AS cents
    FROM bank_line b LEFT JOIN LATERAL (SELECT sum(amount_cents) AS cents FROM bank_line_part
      WHERE line_id = b.id AND undone_at IS NULL AND kind = '${kind}') part ON true
    WHERE ${sign}b.amount_cents > 0 AND b.booked_at IS NOT NULL AND (b.open_cents <> 0 OR part.cents IS NOT NULL)
      AND ${onDays("b.booked_on")} GROUP BY 1`;
};

export const comparisons: readonly Sides[] = [
  {
    name: "LEADS_AND_CHARGES",
    left: { EN: "leads delivered", FR: "leads livrés" },
    right: { EN: "charges posted", FR: "débits comptabilisés" },
    sql: full(
      `SELECT id::text AS id, price_cents AS cents FROM delivered_lead WHERE NOT sandbox AND ${inMonth("matched_at")}`,
      `SELECT cause_id AS id, amount_cents AS cents FROM ledger_posting WHERE kind = 'CHARGE' AND ${inMonth("at")}`,
    ),
  },
  {
    name: "CHARGES_AND_DOCUMENTS",
    left: { EN: "charges posted", FR: "débits comptabilisés" },
    right: { EN: "charges on a document", FR: "débits figurant sur une pièce" },
    sql: full(
      `SELECT cause_id AS id, amount_cents AS cents FROM ledger_posting p WHERE kind = 'CHARGE' AND ${inMonth("at")}
         AND NOT EXISTS (SELECT FROM delivered_lead d WHERE d.month = month_of_id(p.cause_id::uuid)
           AND d.id = p.cause_id::uuid AND d.credited_at IS NOT NULL)`,
      `SELECT p.cause_id AS id, p.amount_cents AS cents FROM ledger_posting p
       JOIN billed_posting b ON b.supplier_id = p.supplier_id AND b.posting_number = p.number
       WHERE p.kind = 'CHARGE' AND ${inMonth("p.at")}
         AND NOT EXISTS (SELECT FROM delivered_lead d WHERE d.month = month_of_id(p.cause_id::uuid)
           AND d.id = p.cause_id::uuid AND d.credited_at IS NOT NULL)`,
    ),
  },
  {
    name: "DOCUMENTS_AND_ENTRIES",
    left: { EN: "documents issued", FR: "pièces émises" },
    right: { EN: "entries in the sales journal", FR: "écritures du journal des ventes" },
    sql: full(
      `SELECT id::text AS id, net_cents + vat_cents - CASE kind WHEN 'INVOICE' THEN advance_vat_cents ELSE 0 END AS cents
       FROM billing_document WHERE ${onDays("issued_on")}`,
      `SELECT cause_id AS id, sum(debit_cents)::bigint AS cents FROM journal_line
       WHERE journal = 'VE' AND ${onDays("piece_date")} GROUP BY 1`,
    ),
  },
  {
    name: "PAYMENTS_AND_STRIPE",
    left: { EN: "payments by card and debit", FR: "paiements par carte et prélèvement" },
    right: { EN: "charges in Stripe's payouts", FR: "encaissements dans les virements de Stripe" },
    sql: full(
      `SELECT id::text AS id, amount_incl_vat_cents AS cents FROM stripe_payment
       WHERE status = 'SUCCEEDED' AND ${inMonth("settled_at")}`,
      `SELECT coalesce(t.payment_id::text, t.source_id, t.id) AS id, t.amount_cents AS cents
       FROM stripe_balance_transaction t LEFT JOIN stripe_payment p ON p.id = t.payment_id
       JOIN stripe_payout o ON o.id = t.payout_id
       WHERE t.category = 'charge' AND (p.id IS NULL AND ${inMonth("o.booked_at")} OR ${inMonth("p.settled_at")})`,
    ),
  },
  {
    name: "REFUNDS_AND_STRIPE",
    left: { EN: "refunds to cards and accounts", FR: "remboursements sur cartes et comptes" },
    right: {
      EN: "refunds deducted from Stripe's payouts",
      FR: "remboursements déduits des virements de Stripe",
    },
    sql: full(
      `SELECT refund_id AS id, amount_incl_vat_cents AS cents FROM stripe_refund
       WHERE refund_id IS NOT NULL AND ${inMonth("requested_at")}`,
      `SELECT coalesce(t.source_id, t.id) AS id, -t.amount_cents AS cents FROM stripe_balance_transaction t
       LEFT JOIN stripe_refund r ON r.refund_id = t.source_id JOIN stripe_payout o ON o.id = t.payout_id
       WHERE t.category = 'refund' AND (r.id IS NULL AND ${inMonth("o.booked_at")} OR ${inMonth("r.requested_at")})`,
    ),
  },
  {
    name: "DISPUTES_AND_STRIPE",
    left: { EN: "disputes lost", FR: "litiges perdus" },
    right: { EN: "disputes deducted from Stripe's payouts", FR: "litiges déduits des virements de Stripe" },
    // A dispute that is won is reversed by Stripe, so its transactions add up to zero.
    sql: full(
      `SELECT id, amount_cents AS cents FROM stripe_dispute WHERE ${inMonth("lost_at")}`,
      `SELECT coalesce(t.source_id, t.id) AS id, -sum(t.amount_cents)::bigint AS cents
       FROM stripe_balance_transaction t JOIN stripe_payout o ON o.id = t.payout_id
       LEFT JOIN stripe_dispute d ON d.id = t.source_id
       WHERE t.category IN ('dispute', 'dispute_reversal')
         AND (d.id IS NULL AND ${inMonth("o.booked_at")} OR ${inMonth("d.lost_at")})
       GROUP BY 1 HAVING sum(t.amount_cents) <> 0`,
    ),
  },
  {
    name: "PAYOUTS_AND_ENTRIES",
    left: { EN: "payouts and their fees", FR: "virements de Stripe et leurs frais" },
    right: {
      EN: "bank and fee lines of the payout entries",
      FR: "lignes de banque et de frais de leurs écritures",
    },
    sql: full(
      `SELECT o.id, o.amount_cents + coalesce((SELECT sum(CASE category WHEN 'fee' THEN fee_cents - amount_cents
         ELSE fee_cents END) FROM stripe_balance_transaction WHERE payout_id = o.id), 0)::bigint AS cents
       FROM stripe_payout o WHERE ${inMonth("booked_at")}`,
      `SELECT l.cause_id AS id, sum(l.debit_cents - l.credit_cents)::bigint AS cents
       FROM journal_line l JOIN stripe_payout o ON o.id = l.cause_id
       WHERE l.cause_kind = 'PAYOUT' AND l.account IN ('512', '580', '627') AND ${inMonth("o.booked_at")} GROUP BY 1`,
    ),
  },
  {
    name: "PAYOUTS_AND_PARTS",
    left: { EN: "payouts", FR: "virements de Stripe" },
    right: {
      EN: "charges, refunds, disputes and fees in the payouts",
      FR: "encaissements, remboursements, litiges et frais des virements",
    },
    sql: `SELECT o.id AS subject, o.amount_cents AS l, sum(t.net_cents)::bigint AS r FROM stripe_payout o
      LEFT JOIN stripe_balance_transaction t ON t.payout_id = o.id WHERE ${onDays("o.arrives_on")} GROUP BY o.id`,
  },
  {
    name: "PAYOUTS_AND_BANK",
    left: { EN: "payouts", FR: "virements de Stripe" },
    right: { EN: "bank statement lines", FR: "lignes du relevé bancaire" },
    sql: full(
      `SELECT id, amount_cents AS cents FROM stripe_payout WHERE ${onDays("arrives_on")}`,
      `SELECT o.id, p.amount_cents AS cents FROM bank_line_part p JOIN stripe_payout o ON o.id = p.subject_id
       WHERE p.kind = 'PAYOUT' AND p.undone_at IS NULL AND ${onDays("o.arrives_on")}`,
    ),
  },
  {
    name: "TRANSFERS_AND_BANK",
    left: { EN: "transfers recorded", FR: "virements enregistrés" },
    right: { EN: "bank statement lines", FR: "lignes du relevé bancaire" },
    sql: full(
      // A transfer counts on the day of its line, and under the line's reference, once it has one.
      `SELECT coalesce(b.reference, t.bank_reference) AS id,
         sum(t.amount_incl_vat_cents + coalesce(p.corrected_cents, 0))::bigint AS cents
       FROM bank_transfer t LEFT JOIN (bank_line_part p JOIN bank_line b ON b.id = p.line_id)
         ON ${stands("TRANSFER", "t.id::text")}
       WHERE t.reversed_at IS NULL AND ${onDays("coalesce(b.booked_on, t.received_on)")} GROUP BY 1`,
      linesOf("TRANSFER"),
    ),
  },
  {
    name: "REFUNDS_AND_BANK",
    left: { EN: "balances refunded by transfer", FR: "soldes remboursés par virement" },
    right: { EN: "outgoing bank statement lines", FR: "lignes sortantes du relevé bancaire" },
    sql: full(
      `SELECT coalesce(b.reference, r.bank_reference) AS id, sum(r.amount_incl_vat_cents)::bigint AS cents
       FROM bank_refund r JOIN (SELECT supplier_id, bank_reference, paid_on, min(document_id::text) AS first
         FROM bank_refund GROUP BY 1, 2, 3) f USING (supplier_id, bank_reference, paid_on)
       LEFT JOIN (bank_line_part p JOIN bank_line b ON b.id = p.line_id) ON ${stands("REFUND", "f.first")}
       WHERE ${onDays("coalesce(b.booked_on, r.paid_on)")} GROUP BY 1`,
      linesOf("REFUND"),
    ),
  },
  {
    name: "BANK_AND_ENTRIES",
    left: { EN: "bank statement lines", FR: "lignes du relevé bancaire" },
    right: { EN: "entries on the bank account", FR: "écritures du compte de banque" },
    // Lines and records from before files were kept are left out: such a record had moved 512 itself.
    sql: full(
      `SELECT reference AS id, sum(amount_cents)::bigint AS cents FROM bank_line
       WHERE booked_at IS NOT NULL AND statement_id IS NOT NULL AND ${onDays("booked_on")} GROUP BY 1`,
      `SELECT piece AS id, sum(debit_cents - credit_cents)::bigint AS cents FROM journal_line l
       WHERE account = '512' AND ${onDays("piece_date")}
         AND NOT EXISTS (SELECT FROM bank_line b WHERE b.id::text = l.cause_id AND b.statement_id IS NULL)
         AND NOT EXISTS (SELECT FROM bank_transfer t WHERE t.id::text = l.cause_id AND t.line_id IS NULL)
         AND NOT EXISTS (SELECT FROM bank_refund r WHERE r.document_id::text = l.cause_id)
         AND NOT EXISTS (SELECT FROM stripe_payout o WHERE o.id = l.cause_id)
       GROUP BY 1 HAVING sum(debit_cents - credit_cents) <> 0`,
    ),
  },
];

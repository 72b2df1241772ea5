/** Rules of the proof about lines of bank statements and the accounts that they move. */
import type { ProofRule } from "./proof-rule";

/** Ids under which entries were written for a line: the line, its parts, and what was recorded from it. */
const bankCauses = `
  SELECT id AS line_id, id::text AS cause_id, true AS is_own FROM bank_line
  UNION SELECT line_id, id::text, true FROM bank_line_part
  UNION SELECT line_id, undo_id::text, true FROM bank_line_part WHERE undo_id IS NOT NULL
  UNION SELECT line_id, id::text, true FROM bank_transfer WHERE line_id IS NOT NULL`;

/** Records from before money in transit was booked on 580: they moved 512 themselves. */
const recordedAtBank = `
  SELECT id::text AS id FROM bank_transfer WHERE line_id IS NULL
  UNION SELECT document_id::text FROM bank_refund
  UNION SELECT id FROM stripe_payout`;

/** What each line moved on 512, with what the record that it was first matched with had moved before it. */
const bankMovements = `
  SELECT c.line_id, l.debit_cents - l.credit_cents AS cents FROM (
    SELECT line_id, cause_id FROM (${bankCauses}) own
    UNION SELECT DISTINCT ON (p.kind, p.subject_id) p.line_id, record.id FROM bank_line_part p
      JOIN (${recordedAtBank}) record ON record.id = p.subject_id OR p.kind = 'REFUND' AND EXISTS (
        SELECT FROM bank_refund one JOIN bank_refund other USING (supplier_id, bank_reference, paid_on)
        WHERE one.document_id::text = p.subject_id AND other.document_id::text = record.id)
      WHERE p.kind IN ('TRANSFER', 'PAYOUT', 'REFUND')) c
  JOIN entry e ON e.cause_id = c.cause_id JOIN entry_line l USING (journal, year, number) WHERE l.account = '512'`;

/** Money that was recorded and whose line has not arrived. */
const inTransit = `
  SELECT amount_incl_vat_cents AS cents FROM bank_transfer t
  WHERE cash_account = '580' AND reversed_at IS NULL AND NOT EXISTS (SELECT FROM bank_line_part p
    WHERE p.kind = 'TRANSFER' AND p.subject_id = t.id::text AND p.undone_at IS NULL)
  UNION ALL
  SELECT -sum(amount_incl_vat_cents) FROM bank_refund r WHERE cash_account = '580'
  GROUP BY supplier_id, bank_reference, paid_on HAVING NOT EXISTS (SELECT FROM bank_line_part p
    WHERE p.kind = 'REFUND' AND p.subject_id = min(r.document_id::text) AND p.undone_at IS NULL)
  UNION ALL
  SELECT amount_cents FROM stripe_payout o WHERE cash_account = '580' AND NOT EXISTS (SELECT FROM bank_line_part p
    WHERE p.kind = 'PAYOUT' AND p.subject_id = o.id AND p.undone_at IS NULL)`;

export const bankRules: readonly ProofRule[] = [
  {
    name: "LINES_ARE_THEIR_PARTS",
    sql: `SELECT b.id::text AS subject, b.amount_cents - b.open_cents - coalesce(sum(p.amount_cents), 0) AS cents
      FROM bank_line b LEFT JOIN bank_line_part p ON p.line_id = b.id AND p.undone_at IS NULL
      GROUP BY b.id HAVING b.amount_cents - b.open_cents <> coalesce(sum(p.amount_cents), 0)`,
  },
  {
    name: "BANK_MOVES_ONCE_BY_LINES",
    sql: `SELECT b.id::text AS subject, coalesce(sum(m.cents), 0) - b.amount_cents AS cents
      FROM bank_line b LEFT JOIN (${bankMovements}) m ON m.line_id = b.id
      WHERE b.booked_at IS NOT NULL GROUP BY b.id HAVING coalesce(sum(m.cents), 0) <> b.amount_cents
      UNION ALL
      SELECT e.cause_id, sum(l.debit_cents - l.credit_cents) FROM entry e JOIN entry_line l USING (journal, year, number)
      WHERE l.account = '512' AND NOT EXISTS (SELECT FROM (${bankCauses}) c WHERE c.cause_id = e.cause_id)
        AND NOT EXISTS (SELECT FROM (${recordedAtBank}) r WHERE r.id = e.cause_id)
      GROUP BY e.cause_id`,
  },
  {
    name: "SUSPENSE_IS_OPEN_LINES",
    sql: `SELECT b.id::text AS subject, -coalesce(sum(l.debit_cents - l.credit_cents), 0) - b.open_cents AS cents
      FROM bank_line b LEFT JOIN (${bankCauses}) c ON c.line_id = b.id AND c.is_own
      LEFT JOIN (entry e JOIN entry_line l USING (journal, year, number)) ON e.cause_id = c.cause_id AND l.account = '471'
      WHERE b.booked_at IS NOT NULL AND b.statement_id IS NOT NULL
      GROUP BY b.id HAVING -coalesce(sum(l.debit_cents - l.credit_cents), 0) <> b.open_cents`,
  },
  {
    name: "TRANSIT_IS_EXPECTED",
    sql: `SELECT '580' AS subject, booked - expected AS cents FROM
      (SELECT coalesce(sum(debit_cents - credit_cents), 0) AS booked FROM entry_line WHERE account = '580') b,
      (SELECT coalesce(sum(cents), 0) AS expected FROM (${inTransit}) t) x WHERE booked <> expected`,
  },
];

/**
 * Reconciles a month: leads with charges, charges with documents, documents with entries, payments with
 * Stripe, payouts and transfers with the bank. Matches are counted; differences are listed with their
 * amounts.
 */
import type { EntityManager } from "typeorm";
import { spanOfMonth } from "../../shared/accounting-month";
import { dateIn } from "../../shared/calendar";
import { integerOf } from "../../shared/integer";
import { comparisons } from "./comparisons";
import type { Comparison, Reconciliation } from "./reconciliation-view";

const shownOfEach = 100;

export class ReconciliationService {
  async of(tx: EntityManager, month: string): Promise<Reconciliation> {
    const { start, end } = spanOfMonth(month);
    const days = [start, end].map((at) => dateIn("Europe/Paris", at));
    const compared: Comparison[] = [];
    for (const { name, left, right, sql } of comparisons) {
      const rows: Row[] = await tx.query(compare(sql), [start, end, ...days]);
      compared.push({ name, words: { left, right }, ...summed(rows) });
    }
    const [suspense]: { cents: string; transit: string; locked: boolean }[] = await tx.query(
      `SELECT (SELECT coalesce(sum(credit_cents - debit_cents), 0) FROM journal_line WHERE account = '471') AS cents,
         (SELECT coalesce(sum(debit_cents - credit_cents), 0) FROM journal_line WHERE account = '580') AS transit,
         EXISTS (SELECT FROM locked_month WHERE month = $1) AS locked`,
      [month],
    );
    return {
      month,
      comparisons: compared,
      suspenseCents: integerOf(suspense?.cents),
      transitCents: integerOf(suspense?.transit),
      locked: suspense?.locked ?? false,
    };
  }
}

interface Row {
  readonly subject: string | null;
  readonly l: string | null;
  readonly r: string | null;
  readonly count: string;
  readonly cents: string;
}

/**
 * Returns one row for all matches and one for each difference, so the result stays small however many leads
 * there are.
 */
const compare = (sides: string): string => `
  WITH sides AS (${sides})
  SELECT NULL AS subject, NULL::bigint AS l, NULL::bigint AS r, count(*) AS count, coalesce(sum(l), 0) AS cents
  FROM sides WHERE l = r
  UNION ALL
  (SELECT subject, l, r, count(*) OVER () AS count, 0 FROM sides WHERE l IS DISTINCT FROM r ORDER BY subject
   LIMIT ${String(shownOfEach)})`;

function summed(rows: readonly Row[]): Omit<Comparison, "name" | "words"> {
  const [matched, ...rest] = rows;
  return {
    matched: integerOf(matched?.count),
    matchedCents: integerOf(matched?.cents),
    differing: integerOf(rest[0]?.count ?? 0),
    differences: rest.map(({ subject, l, r }) => ({
      kind: l === null ? "MISSING_LEFT" : r === null ? "MISSING_RIGHT" : "DIFFERS",
      subject: subject ?? "",
      leftCents: integerOf(l ?? 0),
      rightCents: integerOf(r ?? 0),
    })),
  };
}

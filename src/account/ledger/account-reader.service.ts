/**
 * Read model of supplier accounts: the account itself, its postings and its monthly statement. Row-level
 * security restricts a supplier to its own account; staff can read any.
 */
import type { EntityManager } from "typeorm";
import { spanOfMonth } from "../../shared/accounting-month";
import { accountingMonth } from "../../shared/calendar";
import { notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type { Clock } from "../../platform/clock";
import { spendLeftOf } from "./account";
import { limitOf } from "./account-row";
import type { AccountCode } from "./chart";
import { supplierAccounts } from "./chart";
import type { PostingKind } from "./postings";
import {
  statementOf,
  type AccountView,
  type TaxedTotals,
  type PostingView,
  type StatementView,
} from "./statement";
import { SupplierAccountEntity } from "./supplier-account.entity";

export interface PostingPage {
  /** Postings are listed newest first; the page contains numbers below this one. */
  readonly before: number | null;
  readonly limit: number;
}

interface PostingRow {
  readonly supplier_id: string;
  readonly number: string;
  readonly at: Date;
  readonly kind: PostingKind;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amount_cents: string;
  readonly cause_kind: PostingView["causeKind"];
  readonly cause_id: string;
}

/** Effect of a posting on the supplier's balance. `$4` is the list of supplier accounts. */
const effect = `(CASE WHEN credit = ANY ($4) THEN amount_cents ELSE 0 END
               - CASE WHEN debit = ANY ($4) THEN amount_cents ELSE 0 END)`;

export class AccountReader {
  constructor(private readonly clock: Clock) {}

  async account(tx: EntityManager, supplierId: string): Promise<AccountView> {
    const row = isId(supplierId) ? await tx.findOneBy(SupplierAccountEntity, { supplierId }) : null;
    if (!row) throw notFound("supplier");
    const { mode, balanceCents, creditLimitCents } = row;
    const { suspension, suspendedAt, alertBelowCents, spendCapCents } = row;
    const spendLeftCents = spendLeftOf(limitOf(row), accountingMonth(this.clock.now()));
    const told = { suspension, suspendedAt, alertBelowCents, spendCapCents, spendLeftCents };
    const { vatTreatment } = row;
    return { supplierId, mode, balanceCents, creditLimitCents, ...told, vatTreatment };
  }

  async postings(
    tx: EntityManager,
    supplierId: string,
    { before, limit }: PostingPage,
  ): Promise<PostingView[]> {
    const rows: PostingRow[] = await tx.query(
      `SELECT supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id FROM posting
       WHERE supplier_id = $1 AND ($2::bigint IS NULL OR number < $2)
       ORDER BY number DESC LIMIT $3`,
      [supplierId, before, limit],
    );
    return rows.map(viewOf);
  }

  /** `month` is "YYYY-MM". */
  async statement(tx: EntityManager, supplierId: string, month: string): Promise<StatementView> {
    const { start, end } = spanOfMonth(month);
    const [sums]: Record<"opening" | "transfers" | "other" | "leads", string>[] = await tx.query(
      `SELECT coalesce(sum(${effect}) FILTER (WHERE at < $2), 0) AS opening,
              coalesce(sum(amount_cents) FILTER (
                WHERE at >= $2 AND kind IN ('BANK_TRANSFER', 'CARD_PAYMENT')), 0) AS transfers,
              coalesce(sum(${effect}) FILTER (WHERE at >= $2 AND kind NOT IN
                ('CHARGE', 'CREDIT', 'BANK_TRANSFER', 'CARD_PAYMENT')), 0) AS other,
              count(*) FILTER (WHERE at >= $2 AND kind = 'CHARGE') AS leads
       FROM posting WHERE supplier_id = $1 AND at < $3`,
      [supplierId, start, end, [...supplierAccounts]],
    );
    const taxed: (Pick<TaxedTotals, "treatment"> & Record<"charges" | "credits", string>)[] = await tx.query(
      `SELECT vat AS treatment, coalesce(sum(amount_cents) FILTER (WHERE kind = 'CHARGE'), 0) AS charges,
         coalesce(sum(amount_cents) FILTER (WHERE kind = 'CREDIT'), 0) AS credits
       FROM posting WHERE supplier_id = $1 AND at >= $2 AND at < $3 AND kind IN ('CHARGE', 'CREDIT')
       GROUP BY vat ORDER BY vat`,
      [supplierId, start, end],
    );
    return statementOf(month, {
      openingBalanceCents: integerOf(sums?.opening),
      transfersCents: integerOf(sums?.transfers),
      otherCents: integerOf(sums?.other),
      leadCount: integerOf(sums?.leads),
      taxed: taxed.map(({ treatment, charges, credits }) => ({
        ...{ treatment, chargesCents: integerOf(charges), creditsCents: integerOf(credits) },
      })),
    });
  }
}

const viewOf = (row: PostingRow): PostingView => ({
  supplierId: row.supplier_id,
  number: integerOf(row.number),
  at: row.at,
  kind: row.kind,
  debit: row.debit,
  credit: row.credit,
  amountCents: integerOf(row.amount_cents),
  causeKind: row.cause_kind,
  causeId: row.cause_id,
});

/** Accounts as they are read: by a supplier its own, by staff any. Row-level security holds beneath. */
import type { EntityManager } from "typeorm";
import { spanOfMonth } from "../shared/accounting-month";
import { accountingMonth } from "../shared/calendar";
import { notFound } from "../shared/errors";
import { isId } from "../shared/months";
import { spendLeftOf } from "./account";
import { limitOf } from "./account-row";
import type { AccountCode } from "./chart";
import { supplierAccounts } from "./chart";
import type { PostingKind } from "./postings";
import {
  statementOf,
  type AccountView,
  type MonthTotals,
  type PostingView,
  type StatementView,
} from "./statement";
import { SupplierAccountEntity } from "./supplier-account.entity";

export interface PostingPage {
  /** Newest first: the page begins below this number. */
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
  readonly bank_reference: string | null;
}

const effect = `(CASE WHEN credit = ANY ($4) THEN amount_cents ELSE 0 END
               - CASE WHEN debit = ANY ($4) THEN amount_cents ELSE 0 END)`;

export class AccountReader {
  constructor(private readonly clock: () => Date = () => new Date()) {}

  async account(tx: EntityManager, supplierId: string): Promise<AccountView> {
    const row = isId(supplierId) ? await tx.findOneBy(SupplierAccountEntity, { supplierId }) : null;
    if (!row) throw notFound("supplier");
    const { mode, balanceCents, creditLimitCents } = row;
    const { suspension, suspendedAt, alertBelowCents, spendCapCents } = row;
    const spendLeftCents = spendLeftOf(limitOf(row), accountingMonth(this.clock()));
    const told = { suspension, suspendedAt, alertBelowCents, spendCapCents, spendLeftCents };
    return { supplierId, mode, balanceCents, creditLimitCents, ...told };
  }

  async postings(
    tx: EntityManager,
    supplierId: string,
    { before, limit }: PostingPage,
  ): Promise<PostingView[]> {
    const rows: PostingRow[] = await tx.query(
      `SELECT posting.*, bank_transfer.bank_reference
       FROM posting LEFT JOIN bank_transfer ON cause_kind = 'BANK_TRANSFER' AND cause_id = bank_transfer.id::text
       WHERE posting.supplier_id = $1 AND ($2::bigint IS NULL OR number < $2)
       ORDER BY number DESC LIMIT $3`,
      [supplierId, before, limit],
    );
    return rows.map(viewOf);
  }

  /** `month` is "YYYY-MM". */
  async statement(tx: EntityManager, supplierId: string, month: string): Promise<StatementView> {
    const { start, end } = spanOfMonth(month);
    const rows: Record<keyof MonthTotals, string>[] = await tx.query(
      `SELECT coalesce(sum(${effect}) FILTER (WHERE at < $2), 0) AS "openingBalanceCents",
              coalesce(sum(amount_cents) FILTER (WHERE at >= $2 AND kind = 'CHARGE'), 0) AS "chargesCents",
              coalesce(sum(amount_cents) FILTER (WHERE at >= $2 AND kind = 'CREDIT'), 0) AS "creditsCents",
              coalesce(sum(amount_cents) FILTER (WHERE at >= $2 AND kind = 'BANK_TRANSFER'), 0) AS "transfersCents",
              count(*) FILTER (WHERE at >= $2 AND kind = 'CHARGE') AS "leadCount"
       FROM posting WHERE supplier_id = $1 AND at < $3`,
      [supplierId, start, end, [...supplierAccounts]],
    );
    return statementOf(month, totalsOf(rows[0]));
  }
}

function totalsOf(row: Record<keyof MonthTotals, string> | undefined): MonthTotals {
  const total = (name: keyof MonthTotals): number => Number(row?.[name] ?? 0);
  return {
    openingBalanceCents: total("openingBalanceCents"),
    chargesCents: total("chargesCents"),
    creditsCents: total("creditsCents"),
    transfersCents: total("transfersCents"),
    leadCount: total("leadCount"),
  };
}

const viewOf = (row: PostingRow): PostingView => ({
  supplierId: row.supplier_id,
  number: Number(row.number),
  at: row.at,
  kind: row.kind,
  debit: row.debit,
  credit: row.credit,
  amountCents: Number(row.amount_cents),
  causeKind: row.cause_kind,
  causeId: row.cause_id,
  bankReference: row.bank_reference,
});

/**
 * Suppliers' accounts under lock. Everything about a supplier's spending, and the position of its
 * feed's next event, is decided while its row is held; number order is therefore commit order.
 *
 * Whether something may be spent is the caller's decision, made on what it reads here.
 */
import type { EntityManager } from "typeorm";
import { notFound } from "../shared/errors";
import { isId, monthIndexOf } from "../shared/months";
import type { BillingMode, LockedAccount } from "./account";
import { balanceEffect, type Posting } from "./postings";

interface AccountRow {
  readonly supplier_id: string;
  readonly mode: BillingMode;
  readonly balance_cents: string;
  readonly credit_limit_cents: string;
  readonly last_posting: string;
  readonly last_position: string;
}

/** Every write takes `tx`: the caller decides what else must succeed or fail with the money. */
export class AccountsService {
  /**
   * Holds these suppliers' accounts for the rest of the transaction and gives them to `work`;
   * afterwards what changed is written back, in one statement.
   */
  async withAccounts<T>(
    tx: EntityManager,
    supplierIds: readonly string[],
    work: (accounts: ReadonlyMap<string, LockedAccount>) => Promise<T>,
  ): Promise<T> {
    const accounts = await lockAccounts(tx, [...new Set(supplierIds)]);
    const before = [...accounts.values()].map((account) => ({ ...account }));
    const result = await work(accounts);
    const changes = before.flatMap((was) => {
      const is = accounts.get(was.supplierId);
      return is ? [{ was, is }] : [];
    });
    await writeBack(tx, changes);
    return result;
  }

  /** Numbers and writes postings of one supplier, in the order given, and moves the balance in hand. */
  async post(
    tx: EntityManager,
    account: LockedAccount,
    postings: readonly Posting[],
  ): Promise<readonly number[]> {
    if (postings.length === 0) return [];
    const numbers = postings.map((_, index) => account.lastPosting + index + 1);
    await insertPostings(tx, account.supplierId, { postings, numbers });
    account.lastPosting += postings.length;
    account.balanceCents += postings.reduce((sum, posting) => sum + balanceEffect(posting), 0);
    return numbers;
  }
}

async function lockAccounts(
  tx: EntityManager,
  supplierIds: readonly string[],
): Promise<Map<string, LockedAccount>> {
  if (supplierIds.length === 0) return new Map();
  if (!supplierIds.every(isId)) throw notFound("supplier");
  // In id order: two transactions that want the same suppliers must not wait for each other.
  const rows: AccountRow[] = await tx.query(
    `SELECT supplier_id, mode, balance_cents, credit_limit_cents, last_posting, last_position
     FROM supplier_account WHERE supplier_id = ANY ($1) ORDER BY supplier_id FOR UPDATE`,
    [supplierIds],
  );
  if (rows.length !== supplierIds.length) throw notFound("supplier");
  return new Map(rows.map((row) => [row.supplier_id, lockedAccountOf(row)]));
}

const lockedAccountOf = (row: AccountRow): LockedAccount => ({
  supplierId: row.supplier_id,
  mode: row.mode,
  creditLimitCents: Number(row.credit_limit_cents),
  balanceCents: Number(row.balance_cents),
  lastPosting: Number(row.last_posting),
  lastPosition: Number(row.last_position),
});

interface Change {
  readonly was: LockedAccount;
  readonly is: LockedAccount;
}

async function writeBack(tx: EntityManager, changes: readonly Change[]): Promise<void> {
  const moved = changes.filter(hasMoved).map(({ is }) => is);
  if (moved.length === 0) return;
  await tx.query(
    `UPDATE supplier_account AS account
     SET balance_cents = moved.balance_cents, last_posting = moved.last_posting, last_position = moved.last_position
     FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
       AS moved (supplier_id, balance_cents, last_posting, last_position)
     WHERE account.supplier_id = moved.supplier_id`,
    [
      moved.map((account) => account.supplierId),
      moved.map((account) => account.balanceCents),
      moved.map((account) => account.lastPosting),
      moved.map((account) => account.lastPosition),
    ],
  );
}

// Balances move by postings only, so the counters say it all.
const hasMoved = ({ was, is }: Change): boolean =>
  was.lastPosting !== is.lastPosting || was.lastPosition !== is.lastPosition;

interface NumberedPostings {
  readonly postings: readonly Posting[];
  readonly numbers: readonly number[];
}

async function insertPostings(
  tx: EntityManager,
  supplierId: string,
  { postings, numbers }: NumberedPostings,
): Promise<void> {
  await tx.query(
    `INSERT INTO posting (month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id)
     SELECT month, $1, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id
     FROM unnest($2::integer[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[],
                 $8::bigint[], $9::text[], $10::text[])
       AS posted (month, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id)`,
    [
      supplierId,
      postings.map((posting) => monthIndexOf(posting.at)),
      numbers,
      postings.map((posting) => posting.at),
      postings.map((posting) => posting.kind),
      postings.map((posting) => posting.debit),
      postings.map((posting) => posting.credit),
      postings.map((posting) => posting.amountCents),
      postings.map((posting) => posting.causeKind),
      postings.map((posting) => posting.causeId),
    ],
  );
}

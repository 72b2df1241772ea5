/**
 * Supplier accounts under a row lock. Everything that affects a supplier's spending, and the position of the
 * next event in its feed, is decided while the lock is held, so posting numbers follow commit order.
 *
 * This service does not decide whether an amount may be spent: the caller does, from the account it reads
 * here.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { presentOf } from "../../platform/present";
import { preparedStatement } from "../../platform/prepared-statement";
import { notFound } from "../../shared/errors";
import { accountingMonth } from "../../shared/calendar";
import { isId, monthIndexOf } from "../../shared/months";
import type { LockedAccount } from "./account";
import { lockedAccountOf, type AccountRow } from "./account-row";
import { balanceEffect, type Posting } from "./postings";
import type { VatTreatment } from "./vat-regimes";

/** Supplier accounts locked until the end of the transaction. */
export interface HeldAccounts {
  readonly accounts: ReadonlyMap<string, LockedAccount>;
  /**
   * Database time once all locks were held. Every opening committed up to then (see `OpeningsService`) is
   * visible.
   */
  readonly at: Date;
  /** Writes the changed accounts back in one statement. */
  readonly save: () => Promise<void>;
}

/** Every write takes `tx`, so the caller decides what else belongs to the same transaction. */
export class AccountsService {
  constructor(private readonly clock: Clock) {}

  /** Locks the accounts of these suppliers for the rest of the transaction. The caller must call `save`. */
  async hold(tx: EntityManager, supplierIds: readonly string[]): Promise<HeldAccounts> {
    const wanted = [...new Set(supplierIds)];
    if (!wanted.every(isId)) throw notFound("supplier");
    // The time is read by a separate statement after the lock. Read earlier, it could be older than an
    // opening that was committed while this transaction waited for the lock.
    const [rows, at] = await Promise.all([lock(tx, [wanted]), presentOf(tx)]);
    const month = accountingMonth(this.clock.now());
    const accounts = new Map(rows.map((row) => [row.supplierId, lockedAccountOf(row, month)]));
    if (accounts.size !== wanted.length) throw notFound("supplier");
    const before = [...accounts.values()].map((account) => ({ ...account }));
    const changes = before.flatMap((was) => {
      const is = accounts.get(was.supplierId);
      return is ? [{ was, is }] : [];
    });
    return { accounts, at, save: () => writeBack(tx, month, changes) };
  }

  /**
   * Locks the accounts of these suppliers for the rest of the transaction, passes them to `work` and then
   * writes back what changed, in one statement.
   */
  async withAccounts<T>(
    tx: EntityManager,
    supplierIds: readonly string[],
    work: (accounts: ReadonlyMap<string, LockedAccount>) => Promise<T>,
  ): Promise<T> {
    const { accounts, save } = await this.hold(tx, supplierIds);
    const result = await work(accounts);
    await save();
    return result;
  }

  /** `withAccounts` for a single supplier. */
  withAccount<T>(
    tx: EntityManager,
    supplierId: string,
    work: (account: LockedAccount) => Promise<T>,
  ): Promise<T> {
    return this.withAccounts(tx, [supplierId], (accounts) => {
      const account = accounts.get(supplierId);
      if (!account) throw new Error("A locked account is missing from its own lock.");
      return work(account);
    });
  }

  /**
   * Numbers and inserts postings, keeping the given order per supplier. The balances in memory are updated
   * synchronously, before the insert is awaited.
   */
  async post(tx: EntityManager, postings: readonly AccountPosting[]): Promise<readonly number[]> {
    const numbers = postings.map(({ account, ...posting }) => {
      account.balanceCents += balanceEffect(posting);
      if (posting.kind === "CHARGE" && account.spendLeftCents !== null)
        account.spendLeftCents -= posting.amountCents;
      return ++account.lastPosting;
    });
    if (postings.length > 0) await insertPostings(tx, postings, numbers);
    return numbers;
  }

  /**
   * VAT treatment under which the lead was charged. Its credit uses the same one, even if the supplier has
   * moved since.
   */
  async vatOfCharge(tx: EntityManager, supplierId: string, deliveryId: string): Promise<VatTreatment> {
    const [charge] = await chargedVat(tx, [supplierId, deliveryId]);
    if (!charge) throw new Error("A delivery was never charged.");
    return charge.vat;
  }
}

const chargedVat = preparedStatement<{ vat: VatTreatment }>(
  "posting.charged-vat",
  `SELECT vat FROM posting WHERE supplier_id = $1 AND kind = 'CHARGE' AND cause_kind = 'DELIVERY' AND cause_id = $2`,
);

/** On an account that is locked. */
export interface AccountPosting extends Posting {
  readonly account: LockedAccount;
}

// Locks are taken in id order so that two transactions on the same suppliers cannot deadlock.
const lock = preparedStatement<AccountRow>(
  "account.lock",
  `SELECT supplier_id AS "supplierId", mode, balance_cents AS "balanceCents",
     credit_limit_cents AS "creditLimitCents", last_posting AS "lastPosting", last_position AS "lastPosition",
     vat_treatment AS "vatTreatment", suspension, spend_cap_cents AS "spendCapCents",
     spend_month AS "spendMonth", spend_left_cents AS "spendLeftCents"
   FROM supplier_account WHERE supplier_id = ANY ($1::uuid[]) ORDER BY supplier_id FOR UPDATE`,
);

interface Change {
  readonly was: LockedAccount;
  readonly is: LockedAccount;
}

const update = preparedStatement(
  "account.save",
  `UPDATE supplier_account AS account
   SET balance_cents = moved.balance_cents, last_posting = moved.last_posting, last_position = moved.last_position,
     spend_left_cents = moved.spend_left, spend_month = CASE WHEN moved.spend_left IS NULL THEN NULL ELSE $6::text END
   FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
     AS moved (supplier_id, balance_cents, last_posting, last_position, spend_left)
   WHERE account.supplier_id = ANY (ARRAY[moved.supplier_id])`,
);

/** Intake may write this too. */
const updatePosition = preparedStatement(
  "account.save-position",
  `UPDATE supplier_account AS account SET last_position = moved.last_position
   FROM unnest($1::uuid[], $2::bigint[]) AS moved (supplier_id, last_position)
   WHERE account.supplier_id = ANY (ARRAY[moved.supplier_id])`,
);

async function writeBack(tx: EntityManager, month: string, changes: readonly Change[]): Promise<void> {
  const moved = changes.filter(hasMoved).map(({ is }) => is);
  if (moved.length === 0) return;
  const ids = moved.map((account) => account.supplierId);
  const positions = moved.map((account) => account.lastPosition);
  const isWithoutMoney = changes.every(({ was, is }) => was.lastPosting === is.lastPosting);
  const balances = moved.map((account) => account.balanceCents);
  const postings = moved.map((account) => account.lastPosting);
  const spendLeft = moved.map((account) => account.spendLeftCents);
  if (isWithoutMoney) await updatePosition(tx, [ids, positions]);
  else await update(tx, [ids, balances, postings, positions, spendLeft, month]);
}

// Balances change only through postings, so comparing the counters is enough.
const hasMoved = ({ was, is }: Change): boolean =>
  was.lastPosting !== is.lastPosting || was.lastPosition !== is.lastPosition;

const insert = preparedStatement(
  "posting.insert",
  `INSERT INTO posting (month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id,
     vat)
   SELECT month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id, vat
   FROM unnest($1::integer[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[],
     $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[])
     AS new (month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id, vat)`,
);

async function insertPostings(
  tx: EntityManager,
  postings: readonly AccountPosting[],
  numbers: readonly number[],
): Promise<void> {
  await insert(tx, [
    postings.map(({ at }) => monthIndexOf(at)),
    postings.map(({ account }) => account.supplierId),
    numbers,
    postings.map(({ at }) => at),
    postings.map(({ kind }) => kind),
    postings.map(({ debit }) => debit),
    postings.map(({ credit }) => credit),
    postings.map(({ amountCents }) => amountCents),
    postings.map(({ causeKind }) => causeKind),
    postings.map(({ causeId }) => causeId),
    postings.map(({ account, vat }) => vat ?? account.vatTreatment),
  ]);
}

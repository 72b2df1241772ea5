/**
 * Which months of the books are locked. Entries that money at the bank causes are dated by it, so a month is locked
 * only while nobody dates an entry, and what was read stays true until the end of the transaction.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { preparedStatement } from "../../platform/prepared-statement";

export interface LockAct {
  /** "YYYY-MM" */
  readonly month: string;
  readonly act: "LOCK" | "UNLOCK";
  readonly actor: string;
  readonly reason: string | null;
}

/** Number of the advisory lock: shared by transactions that date entries, held alone to lock or unlock a month. */
const lockNumber = 1767920;

export class MonthLocks {
  /** What a transaction has read. It holds the lock until it ends, so it need not read again. */
  private readonly read = new WeakMap<EntityManager, string | null>();

  constructor(private readonly clock: Clock) {}

  /**
   * The last locked month, or null. Nobody locks or unlocks a month until the end of the transaction. Call it before
   * the transaction has numbered anything in a journal, so that it cannot deadlock with `holdJournals`.
   */
  async lockedThrough(tx: EntityManager): Promise<string | null> {
    const known = this.read.get(tx);
    if (known !== undefined) return known;
    await shareLock(tx, [lockNumber]);
    const [row] = await lastLocked(tx, []);
    const month = row?.month ?? null;
    this.read.set(tx, month);
    return month;
  }

  /**
   * Locks all journals: entries of other transactions are dated and numbered after this transaction ends, and see its
   * changes.
   */
  async holdJournals(tx: EntityManager): Promise<void> {
    await tx.query("SELECT pg_advisory_xact_lock($1)", [lockNumber]);
    await tx.query("SELECT FROM journal_counter ORDER BY journal, year FOR UPDATE");
  }

  /** When the month was locked; null while it is open. */
  async lockedAt(tx: EntityManager, month: string): Promise<Date | null> {
    const rows: { at: Date }[] = await tx.query(
      `SELECT (SELECT at FROM period_act a WHERE a.month = p.month AND a.act = 'LOCK' ORDER BY id DESC LIMIT 1)
       FROM period p WHERE p.locked AND p.month = $1`,
      [month],
    );
    return rows[0]?.at ?? null;
  }

  /** The last locked month after this one, or null. */
  async lockedAfter(tx: EntityManager, month: string): Promise<string | null> {
    const rows: { month: string }[] = await tx.query(
      "SELECT month FROM period WHERE locked AND month > $1 ORDER BY month DESC LIMIT 1",
      [month],
    );
    return rows[0]?.month ?? null;
  }

  /** Call `holdJournals` first. */
  async record(tx: EntityManager, { month, act, actor, reason }: LockAct): Promise<void> {
    await tx.query(
      `INSERT INTO period (month, locked)
       VALUES ($1, $2) ON CONFLICT (month) DO UPDATE SET locked = excluded.locked`,
      [month, act === "LOCK"],
    );
    await tx.query("INSERT INTO period_act (month, act, reason, actor, at) VALUES ($1, $2, $3, $4, $5)", [
      month,
      act,
      reason,
      actor,
      this.clock.now(),
    ]);
  }
}

const shareLock = preparedStatement("month.share", "SELECT pg_advisory_xact_lock_shared($1)");
const lastLocked = preparedStatement<{ month: string | null }>(
  "month.last_locked",
  "SELECT max(month) AS month FROM period WHERE locked",
);

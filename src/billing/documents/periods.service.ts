/**
 * Locks a month once it is over. Leads delivered but not invoiced by then are accrued on the last day and
 * reversed on the next, and no further entry can be dated in the month. Unlocking reverses the accruals.
 */
import type { EntityManager } from "typeorm";
import {
  accrualEntry,
  reversed,
  vatOn,
  type EntriesService,
  type Entry,
  type MonthLocks,
  type Split,
  type VatTreatment,
} from "../../account/ledger";
import { spanOfMonth } from "../../shared/accounting-month";
import { dateIn } from "../../shared/calendar";
import { AppError } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import type { Clock } from "../../platform/clock";
import { checkIsOver } from "./check-month";
import { daysAfter } from "./content";
import { doubtfulAt, undoDoubtful } from "./doubtful.service";

export interface PeriodAct {
  /** "YYYY-MM" */
  readonly month: string;
  readonly actor: string;
  readonly reason: string | null;
}

/** A month of the books. */
export interface PeriodView {
  /** "YYYY-MM" */
  readonly month: string;
  /** Null while entries can still be dated in the month. */
  readonly lockedAt: Date | null;
}

interface Accrual {
  readonly supplierId: string;
  readonly charged: Split;
  readonly credited: Split;
}

export class PeriodsService {
  constructor(
    private readonly entries: EntriesService,
    private readonly months: MonthLocks,
    private readonly clock: Clock,
  ) {}

  async lock(tx: EntityManager, act: PeriodAct): Promise<void> {
    const { end } = spanOfMonth(checkIsOver(act.month, this.clock.now()));
    await this.months.holdJournals(tx);
    if (await this.isLocked(tx, act.month))
      throw new AppError("CONFLICT", `${act.month} is locked already.`, { reason: "ALREADY_LOCKED" });
    await this.refuseBefore(tx, act.month);
    const accrued = (await accrualsAt(tx, end)).flatMap((accrual) => pairOf(act.month, accrual));
    await this.entries.write(tx, [...accrued, ...(await doubtfulAt(tx, act.month))]);
    await this.months.record(tx, { ...act, act: "LOCK" });
  }

  async unlock(tx: EntityManager, act: PeriodAct): Promise<void> {
    spanOfMonth(act.month);
    await this.months.holdJournals(tx);
    if (!(await this.isLocked(tx, act.month)))
      throw new AppError("CONFLICT", `${act.month} is not locked.`, { reason: "NOT_LOCKED" });
    await this.refuseBefore(tx, act.month);
    await this.months.record(tx, { ...act, act: "UNLOCK" });
    const accrued = await accruedOf(tx, act.month);
    const undone = accrued.flatMap((accrual) => pairOf(act.month, negated(accrual)));
    await this.entries.write(tx, [...undone, ...(await undoDoubtful(tx, act.month))]);
  }

  /** Any month can be read; one that was never locked is open. */
  async one(tx: EntityManager, month: string): Promise<PeriodView> {
    return { month, lockedAt: await this.months.lockedAt(tx, month) };
  }

  private async isLocked(tx: EntityManager, month: string): Promise<boolean> {
    return (await this.one(tx, month)).lockedAt !== null;
  }

  /**
   * Accruals are reversed in the following month, so months are locked in order and unlocked starting with the
   * last.
   */
  private async refuseBefore(tx: EntityManager, month: string): Promise<void> {
    const later = await this.months.lockedAfter(tx, month);
    if (later === null) return;
    throw new AppError("CONFLICT", `${later} is locked: unlock the later months first.`, {
      reason: "LATER_MONTH_LOCKED",
      month: later,
    });
  }
}

interface Row {
  readonly supplier_id: string;
  readonly vat: VatTreatment;
  readonly charged: string;
  readonly credited: string;
}

/**
 * Postings that were on no document at the given instant; documents issued since then do not change the
 * result.
 */
async function accrualsAt(tx: EntityManager, end: Date): Promise<Accrual[]> {
  const rows: Row[] = await tx.query(
    `SELECT p.supplier_id, p.vat, coalesce(sum(p.amount_cents) FILTER (WHERE p.kind = 'CHARGE'), 0)
         - coalesce(sum(p.amount_cents) FILTER (WHERE p.kind = 'CREDIT' AND NOT noted), 0) AS charged,
       coalesce(sum(p.amount_cents) FILTER (WHERE p.kind = 'CREDIT' AND noted), 0) AS credited
     FROM ledger_posting p
     CROSS JOIN LATERAL (SELECT p.kind = 'CREDIT' AND EXISTS (
       SELECT FROM ledger_posting charge JOIN billed_posting b
         ON b.supplier_id = charge.supplier_id AND b.posting_number = charge.number
       JOIN billing_document d ON d.id = b.document_id
       WHERE charge.supplier_id = p.supplier_id AND charge.kind = 'CHARGE' AND charge.cause_kind = 'DELIVERY'
         AND charge.cause_id = p.cause_id AND d.issued_at < $1) AS noted) AS invoiced
     WHERE p.at < $1 AND p.kind IN ('CHARGE', 'CREDIT') AND NOT EXISTS (
       SELECT FROM billed_posting b JOIN billing_document d ON d.id = b.document_id
       WHERE b.supplier_id = p.supplier_id AND b.posting_number = p.number AND d.issued_at < $1)
     GROUP BY p.supplier_id, p.vat ORDER BY p.supplier_id, p.vat`,
    [end],
  );
  return rows.map((row) => ({
    supplierId: row.supplier_id,
    charged: taxed(integerOf(row.charged), row.vat),
    credited: taxed(integerOf(row.credited), row.vat),
  }));
}

const taxed = (netCents: number, treatment: VatTreatment): Split => ({
  netCents,
  vatCents: vatOn(netCents, treatment),
});

/** The accruals booked for the month, so that exactly these are reversed. */
async function accruedOf(tx: EntityManager, month: string): Promise<Accrual[]> {
  const rows: { supplier_id: string; c706: string; c709: string; c4181: string; c4198: string }[] =
    await tx.query(
      `SELECT cause_id AS supplier_id, ${["706", "709", "4181", "4198"]
        .map(
          (code) =>
            `coalesce(sum(debit_cents - credit_cents) FILTER (WHERE account = '${code}'), 0) AS c${code}`,
        )
        .join(", ")}
     FROM journal_line WHERE journal = 'SI' AND piece = $1 AND to_char(dated, 'YYYY-MM') = $2 GROUP BY cause_id`,
      [pieceName(month), month],
    );
  return rows.map((row) => ({
    supplierId: row.supplier_id,
    charged: { netCents: -integerOf(row.c706), vatCents: integerOf(row.c4181) + integerOf(row.c706) },
    credited: { netCents: integerOf(row.c709), vatCents: -integerOf(row.c4198) - integerOf(row.c709) },
  }));
}

const negated = ({ supplierId, charged, credited }: Accrual): Accrual => ({
  supplierId,
  charged: { netCents: -charged.netCents, vatCents: -charged.vatCents },
  credited: { netCents: -credited.netCents, vatCents: -credited.vatCents },
});

const pieceName = (month: string): string => `SIT-${month}`;

function pairOf(month: string, { supplierId, charged, credited }: Accrual): Entry[] {
  const next = dateIn("Europe/Paris", spanOfMonth(month).end);
  const dated = daysAfter(next, -1);
  const label = `Factures et avoirs à établir ${month}`;
  const piece = { supplierId, label, piece: pieceName(month), pieceDate: dated, causeId: supplierId };
  const entry = accrualEntry(piece, { dated, charged, credited });
  return [entry, reversed(entry, next)];
}

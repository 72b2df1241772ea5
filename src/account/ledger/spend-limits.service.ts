/** The monthly limit on what a supplier is charged over all its campaigns. Months follow Paris time. */
import type { EntityManager } from "typeorm";
import type { OpeningsService } from "./openings.service";
import { accountingMonth, monthBounds } from "../../shared/calendar";
import { invalid } from "../../shared/errors";
import type { Clock } from "../../platform/clock";

const mostCents = 100_000_000_000;

export class SpendLimits {
  constructor(
    private readonly openings: OpeningsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets or removes the limit. Charges already made this month count towards it. Leads that waited for room
   * are retried.
   */
  async set(tx: EntityManager, supplierId: string, monthlyCents: number | null): Promise<void> {
    if (monthlyCents !== null) check(monthlyCents);
    await this.openings.mark(tx, supplierId);
    const month = accountingMonth(this.clock.now());
    await tx.query(
      `UPDATE supplier_account SET spend_cap_cents = $2::bigint, spend_month = CASE WHEN $2 IS NULL THEN NULL ELSE $3 END,
         spend_told = NULL, spend_left_cents = $2::bigint - (SELECT coalesce(sum(amount_cents), 0) FROM posting
           WHERE supplier_id = $1 AND kind = 'CHARGE' AND at >= $4)
       WHERE supplier_id = $1`,
      [supplierId, monthlyCents, month, monthBounds(month).start],
    );
  }

  /**
   * Records that the supplier was notified that its limit is reached. It is not notified again before the
   * next month or a new limit.
   */
  async markTold(tx: EntityManager, supplierId: string): Promise<void> {
    await tx.query("UPDATE supplier_account SET spend_told = spend_month WHERE supplier_id = $1", [
      supplierId,
    ]);
  }

  /** Restores the limit of every supplier for a new month and locks their accounts. Returns their ids. */
  async openMonth(tx: EntityManager): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      "SELECT supplier_id AS id FROM supplier_account WHERE spend_month < $1 ORDER BY supplier_id FOR UPDATE SKIP LOCKED",
      [accountingMonth(this.clock.now())],
    );
    const ids = rows.map(({ id }) => id);
    for (const id of ids) await this.openings.mark(tx, id);
    await tx.query(
      `UPDATE supplier_account SET spend_month = $2, spend_left_cents = spend_cap_cents
       WHERE supplier_id = ANY ($1) AND spend_month < $2`,
      [ids, accountingMonth(this.clock.now())],
    );
    return ids;
  }
}

function check(monthlyCents: number): void {
  if (Number.isSafeInteger(monthlyCents) && monthlyCents >= 0 && monthlyCents <= mostCents) return;
  throw invalid(
    `monthlyCents is a whole number of cents from 0 to ${String(mostCents)}; null ends the limit.`,
    { reason: "OUT_OF_RANGE", field: "monthlyCents" },
  );
}

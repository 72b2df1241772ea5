/** What a supplier wants to be charged at most in a month of Paris, over all its campaigns. */
import type { EntityManager } from "typeorm";
import type { OpeningsService } from "../../account/ledger";
import { accountingMonth, monthBounds } from "../../shared/calendar";
import { invalid } from "../../shared/errors";
import type { Clock } from "../../platform/clock";

const mostCents = 100_000_000_000;

export class SpendLimits {
  constructor(
    private readonly openings: OpeningsService,
    private readonly clock: Clock,
  ) {}

  /** What was charged this month counts already. Leads that waited for room are tried again. */
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

  /** A new month opens what the last one closed. Holds the accounts that it opens. */
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

/** Suppliers whose limit pays none of their campaigns' leads any more, and who were not told so this month. */
export const spendCapReached = `
  SELECT a.supplier_id FROM supplier_account a
  WHERE a.spend_cap_cents IS NOT NULL AND a.spend_told IS DISTINCT FROM a.spend_month AND a.spend_left_cents < (
    SELECT min((v.terms->>'pricePerLeadCents')::bigint) FROM campaign c
    JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version
    WHERE c.supplier_id = a.supplier_id AND c.status = 'ACTIVE')`;

function check(monthlyCents: number): void {
  if (Number.isSafeInteger(monthlyCents) && monthlyCents >= 0 && monthlyCents <= mostCents) return;
  throw invalid(
    `monthlyCents is a whole number of cents from 0 to ${String(mostCents)}; null ends the limit.`,
  );
}

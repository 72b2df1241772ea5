/**
 * What caps hold. Always read and raised under the supplier's account lock, so that no count is lost.
 *
 * Only the caps of a campaign's current version are counted up. In a window in which the campaign was
 * edited a counter may therefore have missed leads, and the deliveries themselves are counted instead:
 * also where the edit came shortly before the window, because clocks of two processes are never the same.
 */
import type { EntityManager } from "typeorm";
import { windowKey, type CapWindow } from "./capacities";

export class CapUsage {
  async read(tx: EntityManager, windows: readonly CapWindow[]): Promise<ReadonlyMap<string, number>> {
    if (windows.length === 0) return new Map();
    const rows: { campaign_id: string; unit: string; period: string; window_start: Date; used: string }[] =
      await tx.query(
        `SELECT w.*, CASE WHEN v.version = 1 OR v.created_at <= w.window_start - interval '5 minutes' THEN coalesce(u.used, 0) ELSE (
           SELECT CASE w.unit WHEN 'LEADS' THEN count(*) ELSE coalesce(sum(d.price_cents), 0) END FROM delivery d
           WHERE d.supplier_id = w.supplier_id AND d.campaign_id = w.campaign_id
             AND d.matched_at >= w.window_start AND d.matched_at < w.window_end
         ) END AS used
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[], $6::timestamptz[])
           AS w (campaign_id, unit, period, window_start, supplier_id, window_end)
         JOIN campaign c ON c.id = w.campaign_id
         JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version
         LEFT JOIN cap_usage u ON u.campaign_id = w.campaign_id AND u.unit = w.unit AND u.period = w.period
           AND u.window_start = w.window_start`,
        [...columnsOf(windows), windows.map(({ end }) => end)],
      );
    return new Map(
      rows.map(({ campaign_id, unit, period, window_start, used }) => [
        windowKey({ campaignId: campaign_id, unit, period, start: window_start }),
        Number(used),
      ]),
    );
  }

  /** `used` is what each window holds afterwards. */
  async write(tx: EntityManager, windows: readonly (CapWindow & { readonly used: number })[]): Promise<void> {
    if (windows.length === 0) return;
    await tx.query(
      `INSERT INTO cap_usage (campaign_id, unit, period, window_start, supplier_id, used)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[], $6::bigint[])
       ON CONFLICT (campaign_id, unit, period, window_start) DO UPDATE SET used = excluded.used`,
      [...columnsOf(windows), windows.map(({ used }) => used)],
    );
  }
}

const columnsOf = (windows: readonly CapWindow[]): unknown[] => [
  windows.map(({ campaignId }) => campaignId),
  windows.map(({ unit }) => unit),
  windows.map(({ period }) => period),
  windows.map(({ start }) => start),
  windows.map(({ supplierId }) => supplierId),
];

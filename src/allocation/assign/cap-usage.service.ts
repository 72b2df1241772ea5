/**
 * How much of each cap is used. Always read and increased under the lock of the supplier's account, so that
 * no count is lost.
 *
 * Only the caps of a campaign's current version are counted. A counter may therefore have missed leads in a
 * window in which the campaign was edited, and the deliveries themselves are counted instead. The same is
 * done if the edit came shortly before the window, because the clocks of two processes never agree exactly.
 */
import type { EntityManager } from "typeorm";
import { preparedStatement } from "../../platform/prepared-statement";
import { integerOf } from "../../shared/integer";
import { windowKey, type CapWindow, type UsedWindow } from "./capacities";

const readUsed = preparedStatement<UsedRow>(
  "caps.read",
  `SELECT w.campaign_id AS "campaignId", w.unit, w.period, w.window_start AS start,
     CASE WHEN v.version = 1 OR v.created_at <= w.window_start - interval '5 minutes' THEN coalesce(u.used, 0) ELSE (
       SELECT CASE w.unit WHEN 'LEADS' THEN count(*) ELSE coalesce(sum(d.price_cents), 0) END FROM delivered_lead d
       WHERE d.supplier_id = w.supplier_id AND d.campaign_id = w.campaign_id
         AND d.matched_at >= w.window_start AND d.matched_at < w.window_end
     ) END AS used
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[], $6::timestamptz[])
     AS w (campaign_id, unit, period, window_start, supplier_id, window_end)
   CROSS JOIN LATERAL (
     SELECT version, version_created_at AS created_at FROM current_campaign WHERE id = w.campaign_id LIMIT 1) AS v
   LEFT JOIN LATERAL (
     SELECT used FROM cap_usage WHERE campaign_id = w.campaign_id AND unit = w.unit AND period = w.period
       AND window_start = w.window_start LIMIT 1
   ) AS u ON true`,
);

const writeUsed = preparedStatement(
  "caps.write",
  `INSERT INTO cap_usage (campaign_id, unit, period, window_start, supplier_id, used)
   SELECT campaign_id, unit, period, window_start, supplier_id, used
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[], $6::bigint[])
     AS new (campaign_id, unit, period, window_start, supplier_id, used)
   ON CONFLICT (campaign_id, unit, period, window_start) DO UPDATE SET used = excluded.used`,
);

interface UsedRow {
  readonly campaignId: string;
  readonly unit: string;
  readonly period: string;
  readonly start: Date;
  readonly used: string;
}

export class CapUsage {
  async read(tx: EntityManager, windows: readonly CapWindow[]): Promise<ReadonlyMap<string, number>> {
    if (windows.length === 0) return new Map();
    const rows = await readUsed(tx, [...columnsOf(windows), windows.map(({ end }) => end)]);
    return new Map(rows.map(({ used, ...window }) => [windowKey(window), integerOf(used)]));
  }

  /** `used` is the usage of each window afterwards. Each window may appear only once. */
  async write(tx: EntityManager, windows: readonly UsedWindow[]): Promise<void> {
    if (windows.length === 0) return;
    await writeUsed(tx, [...columnsOf(windows), windows.map(({ used }) => used)]);
  }
}

const columnsOf = (windows: readonly CapWindow[]): unknown[] => [
  windows.map(({ campaignId }) => campaignId),
  windows.map(({ unit }) => unit),
  windows.map(({ period }) => period),
  windows.map(({ start }) => start),
  windows.map(({ supplierId }) => supplierId),
];

/** What caps hold. Always read and raised under the supplier's account lock, so that no count is lost. */
import type { EntityManager } from "typeorm";
import { windowKey, type CapWindow } from "./capacities";

export class CapUsage {
  async read(tx: EntityManager, windows: readonly CapWindow[]): Promise<ReadonlyMap<string, number>> {
    if (windows.length === 0) return new Map();
    const rows: { campaign_id: string; unit: string; period: string; window_start: Date; used: string }[] =
      await tx.query(
        `SELECT u.campaign_id, u.unit, u.period, u.window_start, u.used
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) AS w (campaign_id, unit, period, window_start)
       JOIN cap_usage u USING (campaign_id, unit, period, window_start)`,
        columnsOf(windows),
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
      [...columnsOf(windows), windows.map(({ supplierId }) => supplierId), windows.map(({ used }) => used)],
    );
  }
}

const columnsOf = (windows: readonly CapWindow[]): unknown[] => [
  windows.map(({ campaignId }) => campaignId),
  windows.map(({ unit }) => unit),
  windows.map(({ period }) => period),
  windows.map(({ start }) => start),
];

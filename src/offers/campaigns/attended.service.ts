/**
 * Which campaigns have somebody who follows the feed now? Presence says who is there and what they may see; here
 * is what follows for campaigns that want leads only then. All by the database's clock, as presence is.
 */
import type { EntityManager } from "typeorm";
import type { OpeningsService } from "../../account/ledger";

export class Attended {
  constructor(private readonly openings: OpeningsService) {}

  async among(tx: EntityManager, campaignIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (campaignIds.length === 0) return new Set();
    const rows: { id: string }[] = await tx.query(
      `SELECT c.id FROM campaign c WHERE c.id = ANY ($1) AND EXISTS (
         SELECT FROM presence p WHERE p.supplier_id = c.supplier_id AND p.seen_until > clock_timestamp()
           AND (p.limit_sites IS NULL OR c.id = ANY (p.limit_campaigns) OR c.site_id = ANY (p.limit_sites)))`,
      [campaignIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Somebody came: where a campaign may have waited for that, it is an opening, as the end of a pause is. Answers
   * at which suppliers. Elsewhere nothing is locked and nothing tried again.
   */
  async arrived(tx: EntityManager, supplierIds: readonly string[]): Promise<string[]> {
    const rows: { supplier_id: string }[] = await tx.query(
      `SELECT DISTINCT c.supplier_id FROM campaign c
       JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version
       WHERE c.supplier_id = ANY ($1) AND c.status <> 'ARCHIVED' AND v.terms @> '{"onlyWhenConnected": true}'
       ORDER BY c.supplier_id`,
      [supplierIds],
    );
    const waited = rows.map((row) => row.supplier_id);
    for (const supplierId of waited) await this.openings.mark(tx, supplierId);
    return waited;
  }
}

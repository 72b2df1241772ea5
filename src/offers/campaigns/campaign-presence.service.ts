/**
 * Which campaigns have a connected member who may see them, and which leads may be waiting for one? Presence
 * itself (who follows the feed, with which limits) is recorded elsewhere. All times are the database's, as in
 * the presence rows.
 */
import type { EntityManager } from "typeorm";
import type { OpeningsService } from "../../account/ledger";

export class CampaignPresence {
  constructor(private readonly openings: OpeningsService) {}

  async connectedAmong(tx: EntityManager, campaignIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (campaignIds.length === 0) return new Set();
    const rows: { id: string }[] = await tx.query(
      `SELECT c.id FROM campaign c WHERE c.id = ANY ($1) AND EXISTS (
         SELECT FROM consumer_presence p WHERE p.supplier_id = c.supplier_id AND p.seen_until > present()
           AND (p.limit_sites IS NULL OR c.id = ANY (p.limit_campaigns) OR c.site_id = ANY (p.limit_sites)))`,
      [campaignIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Call when members of these suppliers have connected. If a supplier has campaigns with
   * `onlyWhenConnected`, this marks an opening, as the end of a pause does, and returns the supplier. For the
   * others nothing is locked or tried again.
   */
  async membersConnected(tx: EntityManager, supplierIds: readonly string[]): Promise<string[]> {
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

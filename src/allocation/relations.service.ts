/** What stands between the person of a lead and the suppliers consented to. Read under their accounts' locks. */
import type { EntityManager } from "typeorm";
import { longestDuplicateWindowDays } from "../campaigns";
import type { Contact, LeadRow } from "../leads";
import type { Relation } from "../matching";
import type { OwnCustomers } from "../own-customers";

export class Relations {
  constructor(
    private readonly ownCustomers: OwnCustomers,
    private readonly clock: () => Date,
  ) {}

  /** Only of those about whom there is something to say. */
  async between(
    tx: EntityManager,
    { lead, contact }: { lead: LeadRow; contact: Contact },
    suppliers: readonly string[],
  ): Promise<Relation[]> {
    const received = await this.received(tx, lead, suppliers);
    const lastOf = new Map(received.map((row) => [row.supplier_id, row.last]));
    const own = await this.ownCustomers.amongThem(tx, suppliers, contact);
    return suppliers
      .filter((supplierId) => lastOf.has(supplierId) || own.has(supplierId))
      .map((supplierId) => ({
        supplierId,
        lastReceivedAt: lastOf.get(supplierId) ?? null,
        isOwnCustomer: own.has(supplierId),
      }));
  }

  /** The same address or the same number is the same person. Whose right has ended has no duplicate of it. */
  private async received(
    tx: EntityManager,
    { month, id, productId }: LeadRow,
    suppliers: readonly string[],
  ): Promise<{ supplier_id: string; last: Date }[]> {
    const since = new Date(this.clock().getTime() - longestDuplicateWindowDays * 86_400_000);
    return tx.query(
      `SELECT d.supplier_id, max(d.matched_at) AS last
       FROM lead_index mine
       JOIN lead_index theirs ON theirs.digest = mine.digest AND theirs.lead_id <> mine.lead_id
       JOIN delivery d ON d.month = theirs.month AND d.lead_id = theirs.lead_id
       JOIN lead l ON l.month = d.month AND l.id = d.lead_id
       WHERE mine.month = $1 AND mine.lead_id = $2 AND l.product_id = $3
         AND d.supplier_id = ANY ($4) AND d.revoked_at IS NULL AND d.matched_at > $5
       GROUP BY d.supplier_id`,
      [month, id, productId, suppliers, since],
    );
  }
}

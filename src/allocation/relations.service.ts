/** What stands between the people of leads and the suppliers they consented to. Read under these suppliers' accounts' locks. */
import type { EntityManager } from "typeorm";
import { longestDuplicateWindowDays } from "../campaigns";
import type { Contact, LeadRow } from "../leads";
import type { Relation } from "../matching";
import type { OwnCustomers } from "../own-customers";
import { statement } from "../platform/statement";

export interface Related {
  readonly lead: LeadRow;
  readonly contact: Contact;
  readonly suppliers: readonly string[];
}

/** The same address or the same number is the same person. Whose right has ended has no duplicate of it. */
const readReceived = statement<{ readonly leadId: string; readonly supplierId: string; readonly last: Date }>(
  "relations.received",
  `SELECT wanted.lead_id AS "leadId", received.supplier_id AS "supplierId", received.last
   FROM unnest($1::integer[], $2::uuid[], $3::text[]) AS wanted (month, lead_id, product_id) CROSS JOIN LATERAL (
     SELECT d.supplier_id, max(d.matched_at) AS last
     FROM lead_index mine
     JOIN lead_index theirs ON theirs.digest = mine.digest AND theirs.lead_id <> mine.lead_id
     JOIN delivery d ON d.month = theirs.month AND d.lead_id = theirs.lead_id
     JOIN lead l ON l.month = d.month AND l.id = d.lead_id
     WHERE mine.month = wanted.month AND mine.lead_id = wanted.lead_id AND l.product_id = wanted.product_id
       AND d.revoked_at IS NULL AND d.matched_at > $4
     GROUP BY d.supplier_id
   ) AS received`,
);

export class Relations {
  constructor(
    private readonly ownCustomers: OwnCustomers,
    private readonly clock: () => Date,
  ) {}

  /** Of each, in their order, only of those suppliers about whom there is something to say. */
  async between(tx: EntityManager, related: readonly Related[]): Promise<Relation[][]> {
    const since = new Date(this.clock().getTime() - longestDuplicateWindowDays * 86_400_000);
    const leads = related.map(({ lead }) => lead);
    const [received, own] = await Promise.all([
      readReceived(tx, [
        leads.map(({ month }) => month),
        leads.map(({ id }) => id),
        leads.map(({ productId }) => productId),
        since,
      ]),
      this.ownCustomers.amongThem(tx, related),
    ]);
    const lastOf = new Map(received.map(({ leadId, supplierId, last }) => [`${leadId} ${supplierId}`, last]));
    return related.map(({ lead, suppliers }, index) =>
      suppliers.flatMap((supplierId) => {
        const lastReceivedAt = lastOf.get(`${lead.id} ${supplierId}`) ?? null;
        const isOwnCustomer = own[index]?.has(supplierId) ?? false;
        return lastReceivedAt || isOwnCustomer ? [{ supplierId, lastReceivedAt, isOwnCustomer }] : [];
      }),
    );
  }
}

/**
 * What speaks against giving a person to a supplier, whatever its campaigns ask: an earlier delivery of the
 * person, or the supplier's own customer list. Read under the locks of these suppliers' accounts.
 */
import type { EntityManager } from "typeorm";
import { longestDuplicateWindowDays } from "../../offers/campaigns";
import type { Contact, LeadRow } from "../../people/leads";
import type { Clock } from "../../platform/clock";
import type { Relation } from "../matching";
import type { OwnCustomers } from "../../offers/own-customers";
import { preparedStatement } from "../../platform/prepared-statement";

export interface Related {
  readonly lead: LeadRow;
  readonly contact: Contact;
  readonly suppliers: readonly string[];
}

/**
 * The same e-mail address or phone number is the same person. Deliveries whose right has ended do not count.
 * Goes from the person to their leads to those leads' deliveries. Each step is a subquery of its own (`OFFSET
 * 0`), because a plan made while the tables are small would start from all recent deliveries and be kept when
 * there are many.
 */
const readReceived = preparedStatement<{
  readonly leadId: string;
  readonly supplierId: string;
  readonly last: Date;
}>(
  "relations.received",
  `SELECT wanted.lead_id AS "leadId", d.supplier_id AS "supplierId", max(d.matched_at) AS last
   FROM unnest($1::integer[], $2::uuid[], $3::text[]) AS wanted (month, lead_id, product_id)
   CROSS JOIN LATERAL (
     SELECT digest FROM lead_contact_digest WHERE month = wanted.month AND lead_id = wanted.lead_id OFFSET 0) AS mine
   CROSS JOIN LATERAL (
     SELECT month, lead_id FROM lead_contact_digest WHERE digest = mine.digest AND lead_id <> wanted.lead_id OFFSET 0) AS theirs
   CROSS JOIN LATERAL (
     SELECT supplier_id, matched_at, revoked_at FROM delivered_lead
     WHERE month = theirs.month AND lead_id = theirs.lead_id OFFSET 0) AS d
   CROSS JOIN LATERAL (
     SELECT FROM lead_request WHERE month = theirs.month AND id = theirs.lead_id AND product_id = wanted.product_id OFFSET 0) AS l
   WHERE d.revoked_at IS NULL AND d.matched_at > $4
   GROUP BY wanted.lead_id, d.supplier_id`,
);

export class Relations {
  constructor(
    private readonly ownCustomers: OwnCustomers,
    private readonly clock: Clock,
  ) {}

  /** One list per lead, in the given order, with only those suppliers about which something is known. */
  async between(tx: EntityManager, related: readonly Related[]): Promise<Relation[][]> {
    const since = new Date(this.clock.now().getTime() - longestDuplicateWindowDays * 86_400_000);
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

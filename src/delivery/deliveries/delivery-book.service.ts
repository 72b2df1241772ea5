/** Reads and writes rows of `delivery` for allocation, withdrawals and credits. Suppliers read theirs elsewhere. */
import { In, IsNull, type EntityManager } from "typeorm";
import { preparedStatement } from "../../platform/prepared-statement";
import { isId, monthOfId } from "../../shared/months";
import { DeliveryEntity } from "./delivery.entity";
import type { ScopeChange } from "./scope-change";

const readLast = preparedStatement<{ readonly supplierId: string; readonly last: Date }>(
  "delivery.last",
  `SELECT c.supplier_id AS "supplierId", max(d.matched_at) AS last FROM campaign_summary c CROSS JOIN LATERAL (
     SELECT matched_at FROM delivery WHERE campaign_id = c.id ORDER BY matched_at DESC LIMIT 1) AS d
   WHERE c.supplier_id = ANY ($1::uuid[]) AND c.product_id = $2 GROUP BY c.supplier_id`,
);

/** A delivery before any credit, revocation or acknowledgement. */
export type NewDelivery = Omit<
  DeliveryEntity,
  | "creditedAt"
  | "revokedAt"
  | "revocationReason"
  | "acknowledgeBy"
  | "acknowledgedAt"
  | "disposition"
  | "groundSealed"
  | "groundKeyId"
>;

const insertAll = preparedStatement(
  "delivery.insert",
  `INSERT INTO delivery (month, id, lead_id, supplier_id, campaign_id, campaign_version, seat, seats, price_cents,
     matched_at, channels, consent, why, sandbox)
   SELECT month, id, lead_id, supplier_id, campaign_id, campaign_version, seat, seats, price_cents, matched_at,
     channels::text[], consent::jsonb, why::jsonb, sandbox
   FROM unnest($1::integer[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::smallint[],
       $8::smallint[], $9::bigint[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::boolean[])
     AS given (month, id, lead_id, supplier_id, campaign_id, campaign_version, seat, seats, price_cents,
       matched_at, channels, consent, why, sandbox)`,
);

const columnsOf = (deliveries: readonly NewDelivery[]): unknown[] => [
  deliveries.map(({ month }) => month),
  deliveries.map(({ id }) => id),
  deliveries.map(({ leadId }) => leadId),
  deliveries.map(({ supplierId }) => supplierId),
  deliveries.map(({ campaignId }) => campaignId),
  deliveries.map(({ campaignVersion }) => campaignVersion),
  deliveries.map(({ seat }) => seat),
  deliveries.map(({ seats }) => seats),
  deliveries.map(({ priceCents }) => priceCents),
  deliveries.map(({ matchedAt }) => matchedAt),
  deliveries.map(({ channels }) => `{${channels.join()}}`),
  deliveries.map(({ consent }) => JSON.stringify(consent)),
  deliveries.map(({ why }) => JSON.stringify(why)),
  deliveries.map(({ sandbox = false }) => sandbox),
];

export class DeliveryBook {
  /** Unique indexes refuse a second delivery of a lead to the same supplier or on the same seat. */
  async insert(tx: EntityManager, deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length > 0) await insertAll(tx, columnsOf(deliveries));
  }

  async ofLead(tx: EntityManager, leadId: string): Promise<DeliveryEntity[]> {
    return tx.find(DeliveryEntity, { where: { month: monthOfId(leadId), leadId }, order: { seat: "ASC" } });
  }

  /**
   * When each supplier last received a lead for the product. Credited and revoked leads count, because otherwise a
   * refund would move the supplier forward in the rotation. The query reads campaign by campaign, so that it need not
   * scan a supplier's many deliveries for other products.
   */
  async lastReceived(
    tx: EntityManager,
    product: string,
    supplierIds: readonly string[],
  ): Promise<ReadonlyMap<string, Date>> {
    const rows = await readLast(tx, [supplierIds, product]);
    return new Map(rows.map(({ supplierId, last }) => [supplierId, last]));
  }

  async byId(tx: EntityManager, id: string): Promise<DeliveryEntity | null> {
    return isId(id) ? tx.findOneBy(DeliveryEntity, { month: monthOfId(id), id }) : null;
  }

  /** The supplier's own deliveries among `ids`, locked until the end of the transaction. */
  async lockOwn(tx: EntityManager, supplierId: string, ids: readonly string[]): Promise<DeliveryEntity[]> {
    const wanted = ids.filter(isId);
    const months = [...new Set(wanted.map(monthOfId))];
    return tx.find(DeliveryEntity, {
      where: { month: In(months), id: In(wanted), supplierId },
      // Locking in id order keeps two batches with the same leads from deadlocking.
      order: { id: "ASC" },
      lock: { mode: "pessimistic_write" },
    });
  }

  /** Updates only the columns of the scope change, because a credit may have been recorded since the row was read. */
  async narrow(tx: EntityManager, { month, id }: DeliveryEntity, state: ScopeChange["state"]): Promise<void> {
    await tx.update(DeliveryEntity, { month, id }, state);
  }

  /** False when the delivery was already credited. Of two concurrent credits, only the first returns true. */
  async markCredited(tx: EntityManager, { month, id }: DeliveryEntity, at: Date): Promise<boolean> {
    const result = await tx.update(DeliveryEntity, { month, id, creditedAt: IsNull() }, { creditedAt: at });
    return result.affected === 1;
  }
}

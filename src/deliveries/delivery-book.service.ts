/** The rows of deliveries, for what writes them: allocation, withdrawal, credits. */
import { In, IsNull, type EntityManager } from "typeorm";
import { isId, monthOfId } from "../shared/months";
import { DeliveryEntity } from "./delivery.entity";
import type { ScopeChange } from "./scope-change";

export class DeliveryBook {
  /** A second delivery of the lead to the same supplier, or on the same seat, is refused by the database. */
  async insert(tx: EntityManager, delivery: DeliveryEntity): Promise<void> {
    await tx.insert(DeliveryEntity, delivery);
  }

  async ofLead(tx: EntityManager, leadId: string): Promise<DeliveryEntity[]> {
    return tx.find(DeliveryEntity, { where: { month: monthOfId(leadId), leadId }, order: { seat: "ASC" } });
  }

  async byId(tx: EntityManager, id: string): Promise<DeliveryEntity | null> {
    return isId(id) ? tx.findOneBy(DeliveryEntity, { month: monthOfId(id), id }) : null;
  }

  /** A supplier's own among these ids, held until the end of the transaction. */
  async lockOwn(tx: EntityManager, supplierId: string, ids: readonly string[]): Promise<DeliveryEntity[]> {
    const wanted = ids.filter(isId);
    const months = [...new Set(wanted.map(monthOfId))];
    return tx.find(DeliveryEntity, {
      where: { month: In(months), id: In(wanted), supplierId },
      // In id order: two batches with the same leads must not wait for each other.
      order: { id: "ASC" },
      lock: { mode: "pessimistic_write" },
    });
  }

  /** Writes what a scope change is about and nothing else: a credit may have been marked since the row was read. */
  async narrow(tx: EntityManager, { month, id }: DeliveryEntity, state: ScopeChange["state"]): Promise<void> {
    await tx.update(DeliveryEntity, { month, id }, state);
  }

  /** False when it was credited before: only the first of two credits at once gets true. */
  async markCredited(tx: EntityManager, { month, id }: DeliveryEntity, at: Date): Promise<boolean> {
    const result = await tx.update(DeliveryEntity, { month, id, creditedAt: IsNull() }, { creditedAt: at });
    return result.affected === 1;
  }
}

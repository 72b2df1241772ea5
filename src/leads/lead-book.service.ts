/** The rows of a lead, by its lock: every change of a lead's state begins with `lock`. */
import type { EntityManager } from "typeorm";
import { monthOfId } from "../shared/months";
import { LeadEntity } from "./lead.entity";
import { LeadNeedEntity } from "./lead-need.entity";

export class LeadBook {
  /** Lock order is lead, then supplier accounts by id, then caps. */
  async lock(tx: EntityManager, leadId: string): Promise<LeadEntity | null> {
    return tx.findOne(LeadEntity, {
      where: { month: monthOfId(leadId), id: leadId },
      lock: { mode: "pessimistic_write" },
    });
  }

  async lockByReference(tx: EntityManager, reference: string): Promise<LeadEntity | null> {
    return tx.findOne(LeadEntity, { where: { reference }, lock: { mode: "pessimistic_write" } });
  }

  async byId(tx: EntityManager, leadId: string): Promise<LeadEntity | null> {
    return tx.findOneBy(LeadEntity, { month: monthOfId(leadId), id: leadId });
  }

  async byReference(tx: EntityManager, reference: string): Promise<LeadEntity | null> {
    return tx.findOneBy(LeadEntity, { reference });
  }

  /** Says, by the database's clock and under the locks of an attempt, that everything open by now was seen. */
  async markTried(tx: EntityManager, lead: LeadEntity): Promise<void> {
    const rows: { now: Date }[] = await tx.query("SELECT clock_timestamp() AS now");
    lead.triedAt = rows[0]?.now ?? null;
  }

  /** null after erasure. */
  async need(tx: EntityManager, leadId: string): Promise<LeadNeedEntity | null> {
    return tx.findOne(LeadNeedEntity, { where: { month: monthOfId(leadId), leadId } });
  }

  async insert(tx: EntityManager, lead: LeadEntity, need: LeadNeedEntity): Promise<void> {
    await tx.insert(LeadEntity, lead);
    await tx.insert(LeadNeedEntity, need);
  }

  /** The need goes with the person; that there was a request, and what became of it, stays. */
  async forget(tx: EntityManager, lead: LeadEntity, at: Date): Promise<void> {
    await tx.delete(LeadNeedEntity, { month: lead.month, leadId: lead.id });
    const closing = {
      state: "CLOSED" as const,
      closeReason: "ERASED" as const,
      nextTryAt: null,
      waitingFor: [],
    };
    await this.save(tx, { ...lead, ...closing, closedAt: lead.closedAt ?? at, erasedAt: at });
  }

  async save(tx: EntityManager, lead: LeadEntity): Promise<void> {
    const { month, id, ...state } = lead;
    await tx.update(LeadEntity, { month, id }, state);
  }
}

/** Reads and writes pending confirmation codes, one row per unconfirmed request. Change a row with its lead locked. */
import type { EntityManager } from "typeorm";
import { monthOfId } from "../../shared/months";
import { ConfirmationEntity } from "./confirmation.entity";

export type PendingCode = Omit<ConfirmationEntity, "month">;

export class ConfirmationBook {
  async pending(tx: EntityManager, leadId: string): Promise<PendingCode | null> {
    return tx.findOneBy(ConfirmationEntity, whose(leadId));
  }

  async save(tx: EntityManager, code: PendingCode): Promise<void> {
    await tx.upsert(ConfirmationEntity, { ...code, ...whose(code.leadId) }, ["month", "leadId"]);
  }

  async setChecksLeft(tx: EntityManager, leadId: string, checksLeft: number): Promise<void> {
    await tx.update(ConfirmationEntity, whose(leadId), { checksLeft });
  }

  async delete(tx: EntityManager, leadId: string): Promise<void> {
    await tx.delete(ConfirmationEntity, whose(leadId));
  }
}

const whose = (leadId: string): { month: number; leadId: string } => ({ month: monthOfId(leadId), leadId });

/** Reads requests together with the person behind them, as far as the role of the transaction may see them. */
import { In, type EntityManager } from "typeorm";
import { monthOfId } from "../../shared/months";
import { LeadNeedEntity } from "./lead-need.entity";
import { LeadSecretEntity } from "./lead-secret.entity";
import type { LeadVault, Person } from "./lead-vault.service";

export interface LeadRequest {
  readonly need: LeadNeedEntity;
  readonly person: Person;
}

/** A need and the sealed person behind it, as read from the database. */
export type StoredRequest = LeadNeedEntity & Pick<LeadSecretEntity, "keyId" | "wrappedKey" | "sealed">;

export class LeadReader {
  constructor(private readonly vault: LeadVault) {}

  opened({ keyId, wrappedKey, sealed, ...need }: StoredRequest): LeadRequest {
    return { need, person: this.vault.open(need.leadId, { keyId, wrappedKey, sealed }) };
  }

  /** Returns requests by lead id, without those that are erased or not visible in this transaction. */
  async byIds(tx: EntityManager, leadIds: readonly string[]): Promise<Map<string, LeadRequest>> {
    const whose = { month: In([...new Set(leadIds.map(monthOfId))]), leadId: In([...leadIds]) };
    const needs = await tx.findBy(LeadNeedEntity, whose);
    const secrets = new Map(
      (await tx.findBy(LeadSecretEntity, whose)).map((secret) => [secret.leadId, secret]),
    );
    return new Map(
      needs.flatMap((need) => {
        const secret = secrets.get(need.leadId);
        return secret ? [[need.leadId, { need, person: this.vault.open(need.leadId, secret) }] as const] : [];
      }),
    );
  }
}

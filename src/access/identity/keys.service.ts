/** Creates and revokes API keys. Who may do that, and for which supplier, is access.service.ts. */
import { IsNull, type EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { violationOf } from "../../platform/violations";
import { notFound } from "../../shared/errors";
import { ApiKeyEntity } from "./api-key.entity";
import type { AuditService } from "./audit.service";
import { checkLine, checkOrigins } from "./credentials";
import { columnsOf, traceOf } from "./limits";
import type { CheckLimits } from "./limits.service";
import type { Limits, Role } from "./principal";
import { tokenHashOf, newToken } from "./secret-tokens.service";
import { keyPrefixOf } from "./tokens";

export interface NewKey {
  readonly role: Role;
  readonly label: string;
  readonly supplierId: string | null;
  /** Whether the supplier is a sandbox. */
  readonly sandbox?: boolean;
  /** FORM keys only; empty allows any. */
  readonly origins: readonly string[];
  /** Cannot be changed later: create another key instead. */
  readonly limits?: Limits | null;
  /** Who creates the key, for the audit log. */
  readonly actor: string;
}

export class KeysService {
  constructor(
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly checkLimits: CheckLimits,
  ) {}

  /** Returns the token, which cannot be read again: only its hash is stored. */
  async create(tx: EntityManager, key: NewKey): Promise<{ id: string; token: string }> {
    const { role, supplierId, sandbox = false, limits = null } = key;
    await this.checkLimits(tx, supplierId, limits);
    const [id, token] = [newId(), newToken(keyPrefixOf(role, sandbox))];
    const row = {
      id,
      role,
      supplierId,
      sandbox,
      label: checkLine("label", key.label),
      origins: checkOrigins(key.origins),
      tokenHash: tokenHashOf(token),
      createdAt: this.clock.now(),
      revokedAt: null,
      ...columnsOf(limits),
    };
    try {
      await tx.insert(ApiKeyEntity, row);
    } catch (error) {
      throw violationOf(error)?.kind === "REFERENCE" ? notFound("supplier") : error;
    }
    await this.audit.record(tx, {
      actor: key.actor,
      action: "API_KEY_CREATED",
      subject: `key:${id}`,
      supplierId,
      detail: { role, origins: row.origins, ...(sandbox && { sandbox }), ...traceOf(limits) },
    });
    return { id, token };
  }

  /** Finds only keys that the transaction may see. */
  async find(tx: EntityManager, id: string): Promise<ApiKeyEntity | null> {
    return tx.findOneBy(ApiKeyEntity, { id });
  }

  /** Revoking a key again changes nothing and is not audited. */
  async revoke(tx: EntityManager, id: string, actor: string): Promise<ApiKeyEntity> {
    const { affected } = await tx.update(
      ApiKeyEntity,
      { id, revokedAt: IsNull() },
      { revokedAt: this.clock.now() },
    );
    const key = await tx.findOneByOrFail(ApiKeyEntity, { id });
    if (affected === 1) {
      await this.audit.record(tx, {
        actor,
        action: "API_KEY_REVOKED",
        subject: `key:${id}`,
        supplierId: key.supplierId,
        detail: { role: key.role },
      });
    }
    return key;
  }
}

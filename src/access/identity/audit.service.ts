/**
 * Writes the audit log: who did what to which subject. Entries are kept for ever and never changed, so they hold
 * only ids and facts of the action: no names, no e-mail addresses, nothing that an erasure would have to remove.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import type { JsonValue } from "./json-value";

export interface AuditEvent {
  /** The consumer of a principal (`key:…`, `member:…`), or the name of the program that acted. */
  readonly actor: string;
  readonly action: string;
  /** Kind and id: `supplier:…`. */
  readonly subject: string;
  readonly supplierId: string | null;
  readonly detail: { readonly [fact: string]: JsonValue };
}

export class AuditService {
  constructor(private readonly clock: Clock) {}

  async record(tx: EntityManager, event: AuditEvent): Promise<void> {
    await tx.query(
      `INSERT INTO audit_event (id, at, actor, action, subject, supplier_id, detail)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        this.clock.now(),
        event.actor,
        event.action,
        event.subject,
        event.supplierId,
        JSON.stringify(event.detail),
      ],
    );
  }
}

/**
 * Who did what to what, kept for ever and never changed. It holds ids and facts of the act only: no
 * name, no e-mail address, nothing a person would have to be erased from.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import type { JsonValue } from "./json-value";

export interface AuditEvent {
  /** The consumer of a principal (`key:…`, `member:…`), or what of ours acted. */
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

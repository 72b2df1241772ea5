/** Changes a row of `endpoint` under its lock, records who changed it, and shows what became of it. */
import type { EntityManager } from "typeorm";
import { wholeOf, type AuditService, type IdempotencyService, type OnceKey } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import type { Editor } from "./editor";
import { owned } from "./endpoint-book.service";
import { EndpointEntity } from "./endpoint.entity";
import type { EndpointVault } from "./endpoint-vault.service";
import { viewOf, type EndpointView } from "./endpoint-view";

export interface EndpointChangesDeps {
  readonly transact: Transact;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly vault: EndpointVault;
  readonly clock: Clock;
  /** Called after commit, because an endpoint may be due now. */
  readonly due: () => void;
}

export interface EndpointChange {
  readonly id: string;
  /** The name of the change in the audit log. */
  readonly action: string;
  /** Makes repeated requests change the endpoint once. */
  readonly once?: OnceKey;
}

export class EndpointChanges {
  constructor(private readonly deps: EndpointChangesDeps) {}

  /** An empty change writes nothing. */
  async change(
    editor: Editor,
    { id, action, once }: EndpointChange,
    decide: (row: EndpointEntity) => Partial<EndpointEntity>,
  ): Promise<EndpointView> {
    const { supplierId } = editor;
    const make = async (tx: EntityManager): Promise<{ id: string }> => {
      const change = decide(await owned(tx, { supplierId, id }, "HOLD"));
      if (Object.keys(change).length > 0) {
        await tx.update(EndpointEntity, { id }, change);
        await this.note(tx, editor, { id, action });
      }
      return { id };
    };
    const view = await this.inside(editor, async (tx) => {
      await (once ? this.deps.idempotency.once(tx, once, () => make(tx)) : make(tx));
      return this.viewed(await owned(tx, { supplierId, id }));
    });
    this.deps.due();
    return view;
  }

  inside<T>({ supplierId }: Pick<Editor, "supplierId">, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.deps.transact(wholeOf(supplierId), work);
  }

  viewed(row: EndpointEntity): EndpointView {
    const at = this.deps.clock.now();
    return viewOf(row, this.deps.vault.open(row, at), at);
  }

  async note(
    tx: EntityManager,
    { supplierId, actor }: Editor,
    { id, action }: { id: string; action: string },
  ): Promise<void> {
    await this.deps.audit.record(tx, { actor, action, subject: `endpoint:${id}`, supplierId, detail: {} });
  }
}

/** Creates, changes, pauses, resumes and deletes a supplier's endpoints. Sending to them is done by the pipeline. */
import type { EntityManager } from "typeorm";
import {
  limitsKeyOf,
  limitsOf,
  wholeOf,
  type AuditService,
  type IdempotencyService,
} from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { AppError, invalid } from "../../shared/errors";
import { freshAt } from "./after-attempt";
import { checkDocument, checkEndpoint, type CheckedInput, type EndpointInput } from "./endpoint-input";
import { owned, type Editor, type EndpointBook, type NewEndpoint } from "./endpoint-book.service";
import { EndpointEntity } from "./endpoint.entity";
import type { EndpointVault } from "./endpoint-vault.service";
import { viewOf, type EndpointView } from "./endpoint-view";
import type { EventDocuments } from "./event-documents";
import type { EventSender } from "./event-sender.service";
import { newSecret, secretText } from "./signature.service";

export interface EndpointsServiceDeps {
  readonly transact: Transact;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly book: EndpointBook;
  readonly vault: EndpointVault;
  readonly eventSender: EventSender;
  readonly documents: EventDocuments;
  readonly clock: Clock;
  /** Called after commit, because an endpoint may be due now. */
  readonly due: () => void;
}

const overlapMs = 86_400_000;

export class Endpoints {
  constructor(private readonly deps: EndpointsServiceDeps) {}

  /** The secret is shown only once: it is null when the same request was answered before. */
  async create(
    editor: Editor,
    input: EndpointInput & Pick<NewEndpoint, "position">,
    idempotencyKey: string | null,
  ): Promise<{ endpoint: EndpointView; secret: string | null }> {
    const checked = { ...this.checked(input), position: input.position };
    const { supplierId, actor } = editor;
    const once = {
      principal: actor,
      operation: "createEndpoint",
      key: idempotencyKey,
      supplierId,
      input: checked,
    };
    let secret: string | null = null;
    const endpoint = await this.inside(editor, async (tx) => {
      const { id } = await this.deps.idempotency.once(tx, once, async () => {
        const made = await this.deps.book.insert(tx, editor, checked);
        await this.note(tx, editor, { id: made.id, action: "ENDPOINT_CREATED" });
        secret = made.secret && secretText(made.secret);
        return { id: made.id };
      });
      return this.viewed(await owned(tx, { supplierId, id }));
    });
    return { endpoint, secret };
  }

  async update(editor: Editor, id: string, input: EndpointInput): Promise<EndpointView> {
    const { label, target, options, events, document, kind, limits } = this.checked(input);
    return this.change(editor, { id, action: "ENDPOINT_CHANGED" }, (row) => {
      if (row.kind !== kind) throw invalid("kind cannot be changed. Create another endpoint.");
      if (limitsKeyOf({ limits: limitsOf(row) }) !== limitsKeyOf({ limits }))
        throw invalid("sites and campaigns cannot be changed. Create another endpoint.");
      const sealed = this.deps.vault.sealTarget(id, target, options);
      return { label, ...sealed, events: events && [...events], document };
    });
  }

  async pause(editor: Editor, id: string): Promise<EndpointView> {
    return this.change(editor, { id, action: "ENDPOINT_PAUSED" }, ({ status }) =>
      status === "PAUSED"
        ? {}
        : { status: "PAUSED", pauseReason: "BY_SUPPLIER", pausedAt: this.deps.clock.now() },
    );
  }

  /** Continues at its position, with all failures cleared. */
  async resume(editor: Editor, id: string): Promise<EndpointView> {
    return this.change(editor, { id, action: "ENDPOINT_RESUMED" }, (row) => {
      this.refuseInvalidDocument(row);
      const progress = freshAt(row.position, this.deps.clock.now());
      return { ...progress, status: "ACTIVE", pauseReason: null, pausedAt: null };
    });
  }

  /** Sets the position back. The result of an attempt that is running then is ignored. */
  async replay(editor: Editor, id: string, after: number): Promise<EndpointView> {
    return this.change(editor, { id, action: "ENDPOINT_REPLAYED" }, (row) => {
      if (after > row.position) {
        throw invalid(
          "after: this cursor is ahead of the endpoint's position. A replay cannot skip events: use an earlier cursor.",
        );
      }
      // If the current event was tried, it may have arrived as well.
      const replayedThrough = Math.max(row.replayedThrough, row.position + (row.attempts > 0 ? 1 : 0));
      return { ...freshAt(after, this.deps.clock.now()), replayedThrough, leasedBy: null, leasedUntil: null };
    });
  }

  /** For a day messages are signed with both secrets, the new one first. */
  async rotate(editor: Editor, id: string): Promise<{ endpoint: EndpointView; secret: string }> {
    const secret = newSecret();
    const endpoint = await this.change(editor, { id, action: "ENDPOINT_SECRET_ROTATED" }, (row) => {
      if (row.secretSealed === null)
        throw new AppError("CONFLICT", "Messages to this endpoint are not signed, so it has no secret.");
      const previousSecretUntil = new Date(this.deps.clock.now().getTime() + overlapMs);
      const { secretSealed: previousSecretSealed, secretKeyId: previousSecretKeyId } = row;
      const previous = { previousSecretSealed, previousSecretKeyId, previousSecretUntil };
      return { ...this.deps.vault.sealSecret(id, secret), ...previous };
    });
    return { endpoint, secret: secretText(secret) };
  }

  /** Also deletes its log and its dead letters, by cascade. */
  async delete(editor: Editor, id: string): Promise<void> {
    await this.inside(editor, async (tx) => {
      await owned(tx, { supplierId: editor.supplierId, id });
      await tx.delete(EndpointEntity, { id });
      await this.note(tx, editor, { id, action: "ENDPOINT_DELETED" });
    });
  }

  async one(supplierId: string, id: string): Promise<EndpointView> {
    return this.deps.transact(wholeOf(supplierId), async (tx) =>
      this.viewed(await owned(tx, { supplierId, id })),
    );
  }

  /** All endpoints of the supplier, oldest first. There are at most 20. */
  async all(supplierId: string): Promise<EndpointView[]> {
    const rows = await this.deps.transact(wholeOf(supplierId), (tx) =>
      tx.find(EndpointEntity, { where: { supplierId }, order: { createdAt: "ASC", id: "ASC" } }),
    );
    return rows.map((row) => this.viewed(row));
  }

  private checked(input: EndpointInput): CheckedInput {
    const checked = checkEndpoint(input);
    const { kind, target, options, document } = checked;
    checkDocument(checked, document === null ? [] : this.deps.documents.faultsOf(document));
    const fault = this.deps.eventSender.faultOf(kind, target, options);
    if (fault !== null) throw invalid(`target: ${fault}.`);
    return checked;
  }

  private refuseInvalidDocument({ document }: EndpointEntity): void {
    if (document === null) return;
    const faults = this.deps.documents.faultsOf(document);
    if (faults.length > 0) throw new AppError("CONFLICT", `Correct its document first: ${faults.join(" ")}`);
  }

  private async change(
    editor: Editor,
    { id, action }: { id: string; action: string },
    decide: (row: EndpointEntity) => Partial<EndpointEntity>,
  ): Promise<EndpointView> {
    const view = await this.inside(editor, async (tx) => {
      const row = await owned(tx, { supplierId: editor.supplierId, id }, "HOLD");
      const change = decide(row);
      if (Object.keys(change).length > 0) {
        await tx.update(EndpointEntity, { id }, change);
        await this.note(tx, editor, { id, action });
      }
      return this.viewed({ ...row, ...change });
    });
    this.deps.due();
    return view;
  }

  private inside<T>({ supplierId }: Editor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.deps.transact(wholeOf(supplierId), work);
  }

  private viewed(row: EndpointEntity): EndpointView {
    const at = this.deps.clock.now();
    return viewOf(row, this.deps.vault.open(row, at), at);
  }

  private async note(
    tx: EntityManager,
    { supplierId, actor }: Editor,
    { id, action }: { id: string; action: string },
  ): Promise<void> {
    await this.deps.audit.record(tx, { actor, action, subject: `endpoint:${id}`, supplierId, detail: {} });
  }
}

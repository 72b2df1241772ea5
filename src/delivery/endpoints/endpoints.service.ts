/** Creates, changes, pauses, resumes and deletes a supplier's endpoints. Sending to them is done by the pipeline. */
import { wholeOf, type OnceKey } from "../../access/identity";
import { canonicalJson } from "../../shared/canonical-json";
import { AppError, invalid } from "../../shared/errors";
import { isId } from "../../shared/months";
import { checkVersion } from "../../shared/updates";
import { freshAt } from "./after-attempt";
import {
  checkEndpointUpdate,
  checkNewEndpoint,
  type EndpointInput,
  type EndpointRules,
  type EndpointSettings,
  type EndpointUpdate,
} from "./check-endpoint";
import type { Editor } from "./editor";
import { owned, type EndpointBook, type NewEndpoint } from "./endpoint-book.service";
import { EndpointEntity } from "./endpoint.entity";
import { EndpointChanges, type EndpointChangesDeps } from "./endpoint-changes.service";
import type { EndpointView } from "./endpoint-view";
import type { EventDocuments } from "./event-documents";
import type { EventSender } from "./event-sender.service";
import { newSecret, secretText } from "./signature.service";

export interface EndpointsServiceDeps extends EndpointChangesDeps {
  readonly book: EndpointBook;
  readonly eventSender: EventSender;
  readonly documents: EventDocuments;
}

export interface Replay {
  /** The position after which everything is sent again. */
  readonly after: number;
  readonly key: string;
}

const overlapMs = 86_400_000;

export class Endpoints {
  private readonly rules: EndpointRules;
  private readonly changes: EndpointChanges;

  constructor(private readonly deps: EndpointsServiceDeps) {
    this.changes = new EndpointChanges(deps);
    const { eventSender, documents } = deps;
    const documentFaults = (document: string): readonly string[] => documents.faultsOf(document);
    this.rules = { ...eventSenderRules(eventSender), documentFaults };
  }

  /** The secret is shown only once: it is null when the same request was answered before. */
  async create(
    editor: Editor,
    input: EndpointInput & Pick<NewEndpoint, "position">,
    idempotencyKey: string | null,
  ): Promise<{ endpoint: EndpointView; secret: string | null }> {
    const checked = { ...checkNewEndpoint(input, this.rules), position: input.position };
    const { supplierId } = editor;
    const once = onceOf(editor, { operation: "createEndpoint", key: idempotencyKey, input: checked });
    let secret: string | null = null;
    const endpoint = await this.changes.inside(editor, async (tx) => {
      const { id } = await this.deps.idempotency.once(tx, once, async () => {
        const made = await this.deps.book.insert(tx, editor, checked);
        await this.changes.note(tx, editor, { id: made.id, action: "ENDPOINT_CREATED" });
        secret = made.secret && secretText(made.secret);
        return { id: made.id };
      });
      return this.changes.viewed(await owned(tx, { supplierId, id }));
    });
    return { endpoint, secret };
  }

  /** A change of nothing keeps the version. */
  async update(
    editor: Editor,
    id: string,
    { ifVersion, ...input }: EndpointUpdate & { readonly ifVersion: number | null },
  ): Promise<EndpointView> {
    return this.changes.change(editor, { id, action: "ENDPOINT_CHANGED" }, (row) => {
      checkVersion(row.version, ifVersion);
      const current = this.deps.vault.open(row, this.deps.clock.now());
      const settings = checkEndpointUpdate(input, current, this.rules);
      if (isSame(settings, current)) return {};
      const { label, target, options, events, document } = settings;
      const sealed = this.deps.vault.sealTarget(id, target, options);
      return { label, ...sealed, events: events && [...events], document, version: row.version + 1 };
    });
  }

  async pause(editor: Editor, id: string): Promise<EndpointView> {
    return this.changes.change(editor, { id, action: "ENDPOINT_PAUSED" }, ({ status }) =>
      status === "PAUSED"
        ? {}
        : { status: "PAUSED", pauseReason: "BY_SUPPLIER", pausedAt: this.deps.clock.now() },
    );
  }

  /** Continues at its position, with all failures cleared. */
  async resume(editor: Editor, id: string): Promise<EndpointView> {
    return this.changes.change(editor, { id, action: "ENDPOINT_RESUMED" }, (row) => {
      this.refuseInvalidDocument(row);
      const progress = freshAt(row.position, this.deps.clock.now());
      return { ...progress, status: "ACTIVE", pauseReason: null, pausedAt: null };
    });
  }

  /** Sets the position back. The result of an attempt that is running then is ignored. */
  async replay(editor: Editor, id: string, { after, key }: Replay): Promise<EndpointView> {
    const once = onceOf(editor, { operation: "replayEndpoint", key, input: { id, after } });
    return this.changes.change(editor, { id, action: "ENDPOINT_REPLAYED", once }, (row) => {
      if (after > row.position) {
        throw invalid(
          "after: this cursor is ahead of the endpoint's position. A replay cannot skip events: use an earlier cursor.",
          { reason: "OUT_OF_RANGE", field: "after" },
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
    const endpoint = await this.changes.change(editor, { id, action: "ENDPOINT_SECRET_ROTATED" }, (row) => {
      if (row.secretSealed === null)
        throw new AppError("CONFLICT", "Messages to this endpoint are not signed, so it has no secret.", {
          reason: "NOT_ALLOWED",
        });
      const previousSecretUntil = new Date(this.deps.clock.now().getTime() + overlapMs);
      const { secretSealed: previousSecretSealed, secretKeyId: previousSecretKeyId } = row;
      const previous = { previousSecretSealed, previousSecretKeyId, previousSecretUntil };
      return { ...this.deps.vault.sealSecret(id, secret), ...previous };
    });
    return { endpoint, secret: secretText(secret) };
  }

  /** Also deletes its log and its dead letters, by cascade. */
  async delete(editor: Editor, id: string): Promise<void> {
    await this.changes.inside(editor, async (tx) => {
      await owned(tx, { supplierId: editor.supplierId, id });
      await tx.delete(EndpointEntity, { id });
      await this.changes.note(tx, editor, { id, action: "ENDPOINT_DELETED" });
    });
  }

  /** null when the supplier has no such endpoint. */
  async one(supplierId: string, id: string): Promise<EndpointView | null> {
    if (!isId(id)) return null;
    const row = await this.deps.transact(wholeOf(supplierId), (tx) =>
      tx.findOneBy(EndpointEntity, { id, supplierId }),
    );
    return row && this.changes.viewed(row);
  }

  /** All endpoints of the supplier, oldest first. There are at most 20. */
  async all(supplierId: string): Promise<EndpointView[]> {
    const rows = await this.deps.transact(wholeOf(supplierId), (tx) =>
      tx.find(EndpointEntity, { where: { supplierId }, order: { createdAt: "ASC", id: "ASC" } }),
    );
    return rows.map((row) => this.changes.viewed(row));
  }

  private refuseInvalidDocument({ document }: EndpointEntity): void {
    if (document === null) return;
    const faults = this.deps.documents.faultsOf(document);
    if (faults.length === 0) return;
    throw new AppError("CONFLICT", `Correct its document first: ${faults.join(" ")}`, {
      reason: "DOCUMENT_INVALID",
    });
  }
}

const eventSenderRules = ({ targetFault, optionsFault }: EventSender) => ({ targetFault, optionsFault });

const onceOf = (
  { supplierId, actor }: Editor,
  asked: Pick<OnceKey, "operation" | "key" | "input">,
): OnceKey => ({ ...asked, principal: actor, supplierId });

function isSame(settings: EndpointSettings, current: EndpointSettings): boolean {
  const textOf = ({ label, target, options, events, document }: EndpointSettings): string =>
    canonicalJson({ label, target, options, events, document });
  return textOf(settings) === textOf(current);
}

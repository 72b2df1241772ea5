/** Makes one attempt to send an event, through the sender of the endpoint's kind. The caller decides when. */
import type { FeedKind, PlacedEntry } from "../../account/feed";
import { limitsOf, supplierScopeOf, type Principal, type SupplierScope } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { EndpointKind, EndpointOptions } from "./endpoint";
import type { EndpointEntity } from "./endpoint.entity";
import type { EndpointVault } from "./endpoint-vault.service";
import type { EventDocuments } from "./event-documents";
import type { Sender, Sent } from "./sender";
import type { MessageIds } from "./signature.service";

export interface EventSenderDeps {
  readonly senders: readonly Sender[];
  readonly vault: EndpointVault;
  readonly documents: EventDocuments;
  readonly ids: MessageIds;
  readonly clock: Clock;
}

export class EventSender {
  private readonly senders: ReadonlyMap<EndpointKind, Sender>;

  constructor(private readonly deps: EventSenderDeps) {
    this.senders = new Map(deps.senders.map((sender) => [sender.kind, sender]));
  }

  /** Whether the endpoint is sent this kind of event: chosen or mandatory, and supported by the channel. */
  concerns({ kind, events }: EndpointEntity, event: FeedKind): boolean {
    const sender = this.senders.get(kind);
    if (!sender) return false;
    return (events === null || [...events, ...sender.mandatory].includes(event)) && sender.supports(event);
  }

  signs = (kind: EndpointKind): boolean => this.senders.get(kind)?.signs ?? false;

  targetFault = (kind: EndpointKind, target: string): string | null => {
    const sender = this.senders.get(kind);
    return sender ? sender.targetFault(target) : "this server has no sender for endpoints of this kind";
  };

  optionsFault = (kind: EndpointKind, options: EndpointOptions): string | null =>
    this.senders.get(kind)?.optionsFault(options) ?? null;

  /** A null `event` is a test. Throws only for internal errors and DocumentInvalid. */
  async send(row: EndpointEntity, event: PlacedEntry | null, signal: AbortSignal): Promise<Sent> {
    const { vault, ids, documents, clock } = this.deps;
    const sender = this.senders.get(row.kind);
    if (!sender) throw new Error(`There is no sender for endpoints of the kind ${row.kind}.`);
    const at = clock.now();
    const id = event === null ? ids.ofTest() : ids.of(row.id, event.position);
    const render = (document: string): Promise<Readonly<Record<string, unknown>>> => {
      if (event === null) throw new Error("A test has no event to read.");
      return documents.render(document, event, readerOf(row));
    };
    return sender.send(
      { id, at, destination: vault.open(row, at), event, render, mayBeRepeat: wasTried(row, event) },
      signal,
    );
  }
}

/** Whether the event was tried before: in an earlier attempt, before a replay, or as a dead letter. */
const wasTried = (
  { attempts, position, replayedThrough }: EndpointEntity,
  event: PlacedEntry | null,
): boolean => event !== null && (attempts > 0 || event.position <= Math.max(position, replayedThrough));

/** The part of its supplier's feed that the endpoint may see. */
export const scopeOfEndpoint = (row: EndpointEntity): SupplierScope =>
  supplierScopeOf({ principal: readerOf(row) });

/** An endpoint reads the feed as a principal of its own, with the role of a supplier's integration. */
const readerOf = ({ id, supplierId, ...row }: EndpointEntity): Principal => ({
  kind: "ENDPOINT",
  id,
  consumer: `endpoint:${id}`,
  role: "SUPPLIER_INTEGRATION",
  supplierId,
  limits: limitsOf(row),
  origins: [],
});

/** Hands one event to the sender of its endpoint's kind: one attempt, whoever asked for it. */
import type { FeedKind, PlacedEntry } from "../../account/feed";
import { limitsOf, supplierScopeOf, type Principal, type SupplierScope } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { EndpointKind, EndpointOptions } from "./endpoint";
import type { EndpointEntity } from "./endpoint.entity";
import type { EndpointVault } from "./endpoint-vault.service";
import type { EventDocuments } from "./event-documents";
import type { Sender, Sent } from "./sender";
import type { MessageIds } from "./signature.service";

export interface MailroomDeps {
  readonly senders: readonly Sender[];
  readonly vault: EndpointVault;
  readonly documents: EventDocuments;
  readonly ids: MessageIds;
  readonly clock: Clock;
}

export class Mailroom {
  private readonly senders: ReadonlyMap<EndpointKind, Sender>;

  constructor(private readonly deps: MailroomDeps) {
    this.senders = new Map(deps.senders.map((sender) => [sender.kind, sender]));
  }

  /** Whether its supplier wants such events there, or must have them, and the channel has words for them. */
  concerns({ kind, events }: EndpointEntity, event: FeedKind): boolean {
    const sender = this.senders.get(kind);
    if (!sender) return false;
    return (events === null || [...events, ...sender.always].includes(event)) && sender.speaks(event);
  }

  signs = (kind: EndpointKind): boolean => this.senders.get(kind)?.signs ?? false;

  faultOf(kind: EndpointKind, target: string, options: EndpointOptions): string | null {
    const sender = this.senders.get(kind);
    return sender ? sender.faultOf(target, options) : "this server does not send to such endpoints";
  }

  /** `event` null: a test. Throws only for what is our own fault, and DocumentInvalid. */
  async send(row: EndpointEntity, event: PlacedEntry | null, signal: AbortSignal): Promise<Sent> {
    const { vault, ids, documents, clock } = this.deps;
    const sender = this.senders.get(row.kind);
    if (!sender) throw new Error(`Nobody sends to endpoints of the kind ${row.kind}.`);
    const at = clock.now();
    const id = event === null ? ids.ofTest() : ids.of(row.id, event.position);
    const render = (document: string): Promise<Readonly<Record<string, unknown>>> => {
      if (event === null) throw new Error("A test has no event to read.");
      return documents.render(document, event, readerOf(row));
    };
    return sender.send(
      { id, at, destination: vault.open(row, at), event, render, again: wasTried(row, event) },
      signal,
    );
  }
}

/** In hand for another time, or before a replay, or given up. */
const wasTried = (
  { attempts, position, replayedThrough }: EndpointEntity,
  event: PlacedEntry | null,
): boolean => event !== null && (attempts > 0 || event.position <= Math.max(position, replayedThrough));

/** What of its supplier's feed it may see. */
export const scopeOfEndpoint = (row: EndpointEntity): SupplierScope =>
  supplierScopeOf({ principal: readerOf(row) });

/** An endpoint reads its supplier's feed in its own name, as a machine of that supplier. */
const readerOf = ({ id, supplierId, ...row }: EndpointEntity): Principal => ({
  kind: "ENDPOINT",
  id,
  consumer: `endpoint:${id}`,
  role: "SUPPLIER_INTEGRATION",
  supplierId,
  limits: limitsOf(row),
  origins: [],
});

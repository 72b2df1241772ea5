/**
 * Sends documents to the e-invoicing platform and reports the payments received for them. Each flow is stored
 * before it is sent, under an id of ours by which the platform can search. A flow whose submission was not
 * answered is searched for before it is submitted again.
 */
import type { Clock } from "../../platform/clock";
import { electronicAddressOf, typeCodeOf, type BillingDocument, type DocumentBook } from "../documents";
import { vatRatesBasisPoints } from "../../account/ledger";
import type { Transact } from "../../platform/database";
import { DueRows, type SettledRow } from "../../platform/due-rows/due-rows";
import { collectedMessage, type MessageParty } from "./collected-message";
import type { FlowBook, WaitingFlow } from "./flow-book.service";
import { failureOfFlow, flowPolicy, sentOnce } from "./flow-sending.job";
import type { OutgoingFlow, Platform } from "./platform";

export interface TransmissionDeps {
  readonly transact: Transact;
  readonly platform: Platform;
  readonly flows: FlowBook;
  readonly documents: DocumentBook;
  readonly facturX: (document: BillingDocument) => Promise<Uint8Array>;
  /** "YYYY-MM-DD": earlier documents were sent by other means. */
  readonly since: string;
  readonly clock: Clock;
  readonly onError: (error: unknown, flowId: string) => void;
  readonly settled: SettledRow;
}

export class TransmissionJob {
  private readonly rows: DueRows<WaitingFlow, string>;

  constructor(private readonly deps: TransmissionDeps) {
    this.rows = new DueRows({
      ...deps,
      ...flowPolicy,
      statements: deps.flows,
      work: (flow) => sentOnce(deps.platform, flow, () => this.outgoing(flow)),
      failureOf: failureOfFlow,
    });
  }

  /** Sends everything that is due. Safe in several processes at once. Resolves with the number of flows sent. */
  async run(signal: AbortSignal): Promise<number> {
    const { transact, flows, since } = this.deps;
    await transact({ role: "worker" }, (tx) => flows.look(tx, since));
    return this.rows.run(signal);
  }

  private async outgoing(flow: WaitingFlow): Promise<OutgoingFlow> {
    const { transact, documents, facturX } = this.deps;
    const { id, documentId, amountInclVatCents, since } = flow;
    const { document } = await transact({ role: "worker" }, (tx) => documents.one(tx, documentId));
    const { name } = document;
    if (amountInclVatCents === null) {
      return { trackingId: id, name: `${name}.pdf`, syntax: "Factur-X", content: await facturX(document) };
    }
    const { issuedOn, treatment } = document;
    // The message has the time at which the payment was found, so every attempt sends the same bytes.
    const message = collectedMessage({
      ...{ id, document: name, type: typeCodeOf(document), issuedOn, at: since },
      ...{ seller: partyOf(document.seller), buyer: partyOf(document.buyer) },
      // A document has one VAT treatment, and so one rate.
      amounts: [{ cents: amountInclVatCents, rateBasisPoints: vatRatesBasisPoints[treatment] }],
    });
    return { trackingId: id, name: `${name}-212.xml`, syntax: "CDAR", content: Buffer.from(message) };
  }
}

/** Only documents between companies of the French directory are sent (`electronicRouteOf`), so both have an address. */
function partyOf(party: BillingDocument["seller"] | BillingDocument["buyer"]): MessageParty {
  const address = electronicAddressOf(party);
  if (address === null) throw new Error("A document was sent to a customer without an electronic address.");
  return { siren: party.siren, name: party.name, address };
}

/**
 * Sends documents to the platform, and what was collected of them. Each flow is written down before it is sent, under
 * an id of ours that the platform finds it by: what was not answered is looked for before it is sent again.
 */
import type { Clock } from "../../platform/clock";
import { typeCodes, type BillingDocument, type DocumentBook } from "../documents";
import { vatRatesBasisPoints } from "../../account/ledger";
import type { Transact } from "../../platform/database";
import { oneAfterAnother } from "../../platform/one-after-another";
import { collectedMessage } from "./cdar";
import type { FlowBook, WaitingFlow } from "./flow-book.service";
import { FlowRefused, type OutgoingFlow, type Platform } from "./platform";

export interface TransmissionDeps {
  readonly transact: Transact;
  readonly platform: Platform;
  readonly flows: FlowBook;
  readonly documents: DocumentBook;
  readonly facturX: (document: BillingDocument) => Promise<Uint8Array>;
  /** "YYYY-MM-DD": documents of before it were sent otherwise. */
  readonly since: string;
  readonly clock: Clock;
  readonly onError: (error: unknown, flowId: string) => void;
}

export class Transmission {
  constructor(private readonly deps: TransmissionDeps) {}

  /** Everything that is due. Safe in several processes at once. Answers how many flows were sent. */
  readonly run = oneAfterAnother(() => this.work());

  private async work(): Promise<number> {
    const { transact, flows, since } = this.deps;
    await transact({ role: "worker" }, (tx) => flows.look(tx, since));
    let sent = 0;
    for (let flow = await this.next(); flow !== null; flow = await this.next()) {
      sent += (await this.try(flow)) ? 1 : 0;
    }
    return sent;
  }

  private next(): Promise<WaitingFlow | null> {
    return this.deps.transact({ role: "worker" }, (tx) => this.deps.flows.claim(tx));
  }

  private async try(flow: WaitingFlow): Promise<boolean> {
    const { transact, flows, onError } = this.deps;
    try {
      const flowId = await this.send(flow);
      await transact({ role: "worker" }, (tx) => flows.sent(tx, flow.id, flowId));
      return true;
    } catch (error) {
      onError(error, flow.id);
      await transact({ role: "worker" }, (tx) =>
        error instanceof FlowRefused
          ? flows.refused(tx, flow.id, error.reason)
          : flows.later(tx, flow, error instanceof Error ? error.message : "unknown"),
      );
      return false;
    }
  }

  private async send(flow: WaitingFlow): Promise<string> {
    const { platform } = this.deps;
    const known = flow.attempts > 0 ? await platform.find(flow.id) : null;
    if (known?.acknowledgement === "ERROR")
      throw new FlowRefused(known.reason ?? "not accepted, without a reason");
    return known?.flowId ?? platform.submit(await this.outgoing(flow));
  }

  private async outgoing({ id, documentId, amountInclVatCents }: WaitingFlow): Promise<OutgoingFlow> {
    const { transact, documents, facturX, clock } = this.deps;
    const { document } = await transact({ role: "worker" }, (tx) => documents.one(tx, documentId));
    const { name } = document;
    if (amountInclVatCents === null) {
      return { trackingId: id, name: `${name}.pdf`, syntax: "Factur-X", content: await facturX(document) };
    }
    const { issuedOn, seller, buyer, treatment, kind } = document;
    const message = collectedMessage({
      ...{ document: name, issuedOn, seller, buyer, cents: amountInclVatCents, at: clock.now() },
      ...{ type: typeCodes[kind], rateBasisPoints: vatRatesBasisPoints[treatment] },
    });
    return { trackingId: id, name: `${name}-212.xml`, syntax: "CDAR", content: Buffer.from(message) };
  }
}

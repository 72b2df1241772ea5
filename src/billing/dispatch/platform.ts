/**
 * The port to an approved platform of the French e-invoicing reform: documents and reports of sales are submitted to
 * it, and the life-cycle messages about them are read from it.
 */
export interface OutgoingFlow {
  /** Our id of the flow, by which the platform can search. */
  readonly trackingId: string;
  readonly name: string;
  /** A document as Factur-X, one of our life-cycle messages, or a report of sales to the tax authority (flow 10). */
  readonly syntax: "Factur-X" | "CDAR" | "FRR";
  readonly content: Uint8Array;
}

export interface PlatformFlow {
  readonly flowId: string;
  readonly trackingId: string | null;
  readonly isLifeCycle: boolean;
  /** Whether it was sent to us rather than by us. */
  readonly isIncoming: boolean;
  /** Time of the last update, in the platform's own format. */
  readonly updatedAt: string;
  readonly acknowledgement: "PENDING" | "OK" | "ERROR";
  /** Why the flow was not accepted. */
  readonly reason: string | null;
}

/** The platform refused the flow for good. After any other error it is unknown whether it was accepted. */
export class FlowRefused extends Error {
  constructor(readonly reason: string) {
    super(`the platform refused: ${reason}`);
    this.name = "FlowRefused";
  }
}

export interface Platform {
  /** Returns the platform's id of the flow. */
  submit(flow: OutgoingFlow): Promise<string>;
  /** Finds a flow by our id; null when it never arrived. */
  find(trackingId: string): Promise<PlatformFlow | null>;
  /** Flows updated after an instant, at most `pageSize`. */
  updatedAfter(instant: string): Promise<PlatformFlow[]>;
  readonly pageSize: number;
  /** The content of an incoming life-cycle message. */
  content(flowId: string): Promise<string>;
}

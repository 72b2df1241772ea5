/**
 * An approved platform of the French e-invoicing reform, as we speak to it: documents go to it, and what becomes of
 * them comes from it as life-cycle messages.
 */
export interface OutgoingFlow {
  /** Ours; the platform keeps it, and finds a flow by it. */
  readonly trackingId: string;
  readonly name: string;
  /** A document as Factur-X, or a life-cycle message of ours. */
  readonly syntax: "Factur-X" | "CDAR";
  readonly content: Uint8Array;
}

export interface PlatformFlow {
  readonly flowId: string;
  readonly trackingId: string | null;
  readonly isLifeCycle: boolean;
  /** It came to us, it is not one of ours. */
  readonly isIncoming: boolean;
  /** The instant, as the platform writes it. */
  readonly updatedAt: string;
  readonly acknowledgement: "PENDING" | "OK" | "ERROR";
  /** Why it was not accepted. */
  readonly reason: string | null;
}

/** It will never take this. Anything else that is thrown says nothing of what was done. */
export class FlowRefused extends Error {
  constructor(readonly reason: string) {
    super(`the platform refused: ${reason}`);
    this.name = "FlowRefused";
  }
}

export interface Platform {
  /** Answers the platform's id of it. */
  submit(flow: OutgoingFlow): Promise<string>;
  /** By our own id; null: it never arrived. */
  find(trackingId: string): Promise<PlatformFlow | null>;
  /** Updated after an instant, at most `pageSize` of them. */
  updatedAfter(instant: string): Promise<PlatformFlow[]>;
  readonly pageSize: number;
  /** What was sent, as text: a life-cycle message. */
  content(flowId: string): Promise<string>;
}

/** Returns as they are read. */
import type { Finding, ReturnReason, ReturnStatus } from "./return";

export interface ReturnView {
  readonly id: string;
  readonly leadId: string;
  readonly supplierId: string;
  readonly reason: ReturnReason;
  readonly status: ReturnStatus;
  readonly finding: Finding | null;
  readonly requestedAt: Date;
  readonly decideBy: Date | null;
  readonly decidedAt: Date | null;
}

/** For who decides: what the supplier wrote and did. */
export interface PendingReturn extends ReturnView {
  readonly attempts: readonly Date[];
  /** Null once the request was erased. */
  readonly comment: string | null;
}

/** How many of a supplier's leads of a month were given back, by the place that they came from. */
export interface ReturnRate {
  readonly supplierId: string;
  readonly source: string;
  readonly received: number;
  readonly requested: number;
  readonly accepted: number;
}

/** The read models of returns. */
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

/** A return with the supplier's comment and calls, for the staff who decide it. */
export interface PendingReturn extends ReturnView {
  readonly attempts: readonly Date[];
  /** null when there is none or the request was erased. */
  readonly comment: string | null;
}

/** How many of a supplier's leads of a month were returned, by the source of the leads. */
export interface ReturnRate {
  readonly supplierId: string;
  readonly source: string;
  readonly received: number;
  readonly requested: number;
  readonly accepted: number;
}

/** The read models of returns. */
import type { Finding, ReturnReason, ReturnStatus } from "./return";

export interface StoredReturn {
  readonly id: string;
  readonly leadId: string;
  readonly supplierId: string;
  readonly reason: ReturnReason;
  readonly status: ReturnStatus;
  readonly finding: Finding | null;
  /** The times of the calls, for UNREACHABLE. */
  readonly attempts: readonly Date[];
  /** The supplier's comment, sealed with the lead's key. */
  readonly commentSealed: Buffer | null;
  readonly requestedAt: Date;
  readonly decideBy: Date | null;
  readonly decidedAt: Date | null;
}

export interface StaffDecision {
  readonly id: string;
  readonly accept: boolean;
  /** The idempotency key. */
  readonly key: string;
}

export interface ReturnsPage {
  readonly status: ReturnStatus | null;
  readonly reason: ReturnReason | null;
  readonly supplierId: string | null;
  readonly order: "NEWEST" | "OLDEST";
  /** The time of the request and the id after which the page begins. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** How many of a supplier's leads of a month were returned, by the source of the leads. */
export interface ReturnRate {
  readonly supplierId: string;
  readonly source: string;
  readonly received: number;
  readonly requested: number;
  readonly accepted: number;
}

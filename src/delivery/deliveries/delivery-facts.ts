import type { ContactChannel } from "../../reference/catalogue";
import type { ConsentBasis } from "./consent-basis";
import type { Reason } from "./why";

/** The columns of a delivery that rendering needs. */
export interface DeliveryFacts {
  readonly id: string;
  readonly supplierId: string;
  /** True for a sandbox delivery: created on request and free of charge. */
  readonly sandbox?: boolean;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly seat: number;
  readonly seats: number;
  readonly priceCents: number;
  readonly matchedAt: Date;
  readonly channels: readonly ContactChannel[];
  readonly consent: ConsentBasis;
  readonly why: readonly Reason[];
  readonly creditedAt: Date | null;
}

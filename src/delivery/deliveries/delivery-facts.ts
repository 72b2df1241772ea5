import type { ContactChannel } from "../../reference/catalogue";
import type { ConsentBasis } from "./consent-basis";
import type { Reason } from "./why";

/** What rendering needs to know of a delivery. */
export interface DeliveryFacts {
  readonly id: string;
  readonly supplierId: string;
  /** Made on demand and free of charge. */
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

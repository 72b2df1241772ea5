/** Tells a supplier, beside its feed, that an endpoint needs its attention: whoever does so plugs in here. */
import type { EndpointPauseReason } from "../feed";

export interface EndpointNotice {
  readonly supplierId: string;
  readonly endpointId: string;
  /** The supplier's own words. */
  readonly label: string;
  readonly reason: EndpointPauseReason;
  readonly at: Date;
}

export interface Notices {
  /** After commit. A failure to tell changes nothing: the event stands in the feed. */
  readonly endpointPaused: (notice: EndpointNotice) => Promise<void>;
}

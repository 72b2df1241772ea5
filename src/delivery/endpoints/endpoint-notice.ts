/** That an endpoint was paused: what its supplier is told in its feed, and operators in the log. */
import type { EndpointPauseReason } from "../../account/feed";

export interface EndpointNotice {
  readonly supplierId: string;
  readonly endpointId: string;
  /** The supplier's own words. */
  readonly label: string;
  readonly reason: EndpointPauseReason;
  readonly at: Date;
}

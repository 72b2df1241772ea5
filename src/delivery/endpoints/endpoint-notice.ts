/** The notice that an endpoint was paused, for the supplier's feed and the operators' log. */
import type { EndpointPauseReason } from "../../account/feed";

export interface EndpointNotice {
  readonly supplierId: string;
  readonly endpointId: string;
  /** Free text by the supplier. */
  readonly label: string;
  readonly reason: EndpointPauseReason;
  readonly at: Date;
}

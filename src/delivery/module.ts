/** The delivery module. */
import { CreditResolver } from "./deliveries/credit.resolver";
import {
  CapReachedResolver,
  LeadMatchedResolver,
  LeadUpdatedResolver,
} from "./deliveries/feed-event.resolver";
import { LeadResolver } from "./deliveries/lead.resolver";
import { OutcomeResolver } from "./outcomes/outcome.resolver";
import { ReturnResolver } from "./returns/return.resolver";
import { EndpointResolver } from "./endpoints/endpoint.resolver";
import { EndpointLogResolver } from "./endpoints/endpoint-log.resolver";
import { RevocationLinksResolver } from "./endpoints/revocation-links.resolver";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const deliveryApi: ModuleApi = {
  resolvers: [
    CreditResolver,
    CapReachedResolver,
    LeadMatchedResolver,
    LeadUpdatedResolver,
    LeadResolver,
    OutcomeResolver,
    ReturnResolver,
    EndpointResolver,
    EndpointLogResolver,
    RevocationLinksResolver,
  ],
  permissions,
};

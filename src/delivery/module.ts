/** The delivery module: delivered leads, outcome reports, returns, and the endpoints that events are sent to. */
import { CreditResolver } from "./deliveries/credit.resolver";
import {
  CapReachedResolver,
  LeadMatchedResolver,
  LeadUpdatedResolver,
} from "./deliveries/feed-event.resolver";
import { LeadResolver } from "./deliveries/lead.resolver";
import { AnswerResolver, ReasonResolver } from "./deliveries/words.resolver";
import { OutcomeResolver } from "./outcomes/outcome.resolver";
import { LeadReturnResolver, ReturnOfLeadResolver, ReturnRateResolver } from "./returns/lead-return.resolver";
import { ReturnDecidedResolver, ReturnPendingResolver } from "./returns/return-event.resolver";
import { ReturnResolver } from "./returns/return.resolver";
import { EndpointResolver } from "./endpoints/endpoint.resolver";
import { EndpointLogResolver } from "./endpoints/endpoint-log.resolver";
import { RevocationLinksResolver } from "./endpoints/revocation-links.resolver";
import {
  buildDeliveries,
  type DeliveriesDeps,
  type DeliveriesServices,
} from "./deliveries/deliveries.wiring";
import { buildEndpoints, type EndpointsDeps } from "./endpoints/endpoints.wiring";
import { buildOutcomes, type OutcomesDeps } from "./outcomes/outcomes.wiring";
import { buildReturns, type ReturnsDeps, type ReturnsServices } from "./returns/returns.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { deliveryPermissions } from "./permissions";

export const deliveryApi: ModuleApi = {
  resolvers: [
    AnswerResolver,
    ReasonResolver,
    CreditResolver,
    CapReachedResolver,
    LeadMatchedResolver,
    LeadUpdatedResolver,
    LeadResolver,
    OutcomeResolver,
    LeadReturnResolver,
    ReturnDecidedResolver,
    ReturnOfLeadResolver,
    ReturnPendingResolver,
    ReturnRateResolver,
    ReturnResolver,
    EndpointResolver,
    EndpointLogResolver,
    RevocationLinksResolver,
  ],
  permissions: deliveryPermissions,
};

export interface DeliveryServices {
  readonly deliveries: DeliveriesServices;
  readonly returns: ReturnsServices;
}

export type DeliveryModule = Module<DeliveryServices>;
export type DeliveryDeps = DeliveriesDeps & OutcomesDeps & ReturnsDeps & EndpointsDeps;

export function buildDeliveryModule(foundation: Foundation, deps: DeliveryDeps): DeliveryModule {
  const deliveries = buildDeliveries(foundation, deps);
  const outcomes = buildOutcomes(foundation, deps, deliveries.services.deliveries);
  const returns = buildReturns(foundation, deps, deliveries.services);
  const endpoints = buildEndpoints(foundation, deps, deliveries.services.inbox);
  return {
    services: { deliveries: deliveries.services, returns: returns.services },
    ...partsOf([deliveries, outcomes, returns, endpoints]),
  };
}

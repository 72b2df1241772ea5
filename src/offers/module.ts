/** Offers: which leads a supplier wants, at which price, and whom it does not want. */
import { CampaignResolver } from "./campaigns/campaign.resolver";
import { CampaignNowResolver } from "./campaigns/campaign-now.resolver";
import { PriceResolver } from "./campaigns/price.resolver";
import { OwnCustomersResolver } from "./own-customers/own-customers.resolver";
import { buildCampaigns, type CampaignsDeps, type CampaignsServices } from "./campaigns/campaigns.wiring";
import {
  buildOwnCustomers,
  type OwnCustomersDeps,
  type OwnCustomersServices,
} from "./own-customers/own-customers.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { offersPermissions } from "./permissions";

export const offersApi: ModuleApi = {
  resolvers: [CampaignResolver, CampaignNowResolver, PriceResolver, OwnCustomersResolver],
  permissions: offersPermissions,
};

export interface OffersServices {
  readonly campaigns: CampaignsServices;
  readonly ownCustomers: OwnCustomersServices;
}

export type OffersModule = Module<OffersServices>;
export type OffersDeps = CampaignsDeps & OwnCustomersDeps;

export function buildOffersModule(foundation: Foundation, deps: OffersDeps): OffersModule {
  const campaigns = buildCampaigns(foundation, deps);
  const ownCustomers = buildOwnCustomers(foundation, deps);
  return {
    services: { campaigns: campaigns.services, ownCustomers: ownCustomers.services },
    ...partsOf([campaigns, ownCustomers]),
  };
}

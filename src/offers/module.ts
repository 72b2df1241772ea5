/** The offers module. */
import { CampaignResolver } from "./campaigns/campaign.resolver";
import { CampaignNowResolver } from "./campaigns/campaign-now.resolver";
import { PriceResolver } from "./campaigns/price.resolver";
import { OwnCustomersResolver } from "./own-customers/own-customers.resolver";
import type { ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const offersApi: ModuleApi = {
  resolvers: [CampaignResolver, CampaignNowResolver, PriceResolver, OwnCustomersResolver],
  permissions,
};

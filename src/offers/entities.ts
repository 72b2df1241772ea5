/** The tables of the offers module that TypeORM reads or writes. */
import { CampaignEntity, CampaignVersionEntity } from "./campaigns/campaign.entity";
import { PriceFloorEntity } from "./campaigns/price-floor.entity";

export const entities = [CampaignEntity, CampaignVersionEntity, PriceFloorEntity];

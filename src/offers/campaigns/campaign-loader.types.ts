/** Loads the campaigns that the objects of one answer belong to, all with one query and in the caller's role. */
import DataLoader from "dataloader";
import { principalOf, remembered, type RequestContext } from "../../access/identity";
import { notFound } from "../../shared/errors";
import type { CampaignsById, CampaignView } from "./campaign-view";
import { toCampaign, type Campaign } from "./campaign.types";

const loaderKey = Symbol("campaigns by id");

/** For the field `campaign` beside a `campaignId`. */
export async function loadCampaign(
  context: RequestContext,
  campaignsById: CampaignsById,
  id: string,
): Promise<Campaign> {
  const campaign = await remembered(context, loaderKey, () => loaderOf(context, campaignsById)).load(id);
  if (!campaign) throw notFound("campaign");
  return toCampaign(campaign);
}

function loaderOf(
  context: RequestContext,
  campaignsById: CampaignsById,
): DataLoader<string, CampaignView | null> {
  const by = principalOf(context);
  return new DataLoader(async (ids) => {
    const found = await campaignsById(by, ids);
    return ids.map((id) => found.get(id) ?? null);
  });
}

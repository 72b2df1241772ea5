import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { CampaignBook } from "../../offers/campaigns";
import { Campaign, Cap, toCampaign } from "../../offers/campaigns/campaign.types";
import { CapReached, LeadMatched, LeadUpdated } from "../../account/feed/feed.types";
import type { RequestContext } from "../../access/identity";
import type { SupplierLeads } from "./supplier-leads.service";
import { campaignLoader } from "./lead.resolver";
import { leadOf } from "./lead-loader.types";
import { Lead } from "./lead.types";

const description =
  "null once your right to the lead has ended. The event stays in the feed without the personal data.";

@Resolver(() => LeadMatched)
export class LeadMatchedResolver {
  constructor(private readonly inbox: SupplierLeads) {}

  @FieldResolver(() => Lead, { nullable: true, description })
  async lead(@Root() { leadId }: LeadMatched, @Ctx() context: RequestContext): Promise<Lead | null> {
    return leadOf(context, this.inbox, leadId);
  }
}

@Resolver(() => LeadUpdated)
export class LeadUpdatedResolver {
  constructor(private readonly inbox: SupplierLeads) {}

  @FieldResolver(() => Lead, { nullable: true, description })
  async lead(@Root() { leadId }: LeadUpdated, @Ctx() context: RequestContext): Promise<Lead | null> {
    return leadOf(context, this.inbox, leadId);
  }
}

@Resolver(() => CapReached)
export class CapReachedResolver {
  constructor(private readonly campaigns: CampaignBook) {}

  @FieldResolver(() => Campaign, { description: "The campaign, in its current version." })
  async campaign(@Root() { campaignId }: CapReached, @Ctx() context: RequestContext): Promise<Campaign> {
    const found = await campaignLoader(context, this.campaigns).load(campaignId);
    if (!found)
      throw new Error(`A feed event reports a cap of campaign ${campaignId}, which does not exist.`);
    return toCampaign(found);
  }

  @FieldResolver(() => Cap, { description: "The cap that is used up." })
  cap(@Root() { reached }: CapReached): Cap {
    return Object.assign(new Cap(), reached);
  }
}

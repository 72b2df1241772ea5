import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { CampaignView } from "../../offers/campaigns";
import { Campaign } from "../../offers/campaigns/campaign.types";
import { remembered, supplierScopeOf, type RequestContext } from "../../access/identity";
import type { CapState } from "./cap-state";
import type { CapStates } from "./cap-states.service";
import { CampaignCap } from "./cap-state.types";

const capsKey = Symbol("caps by campaign");

@Resolver(() => Campaign)
export class CapStateResolver {
  constructor(private readonly states: CapStates) {}

  @FieldResolver(() => [CampaignCap])
  async caps(@Root() { view }: Campaign, @Ctx() context: RequestContext): Promise<CapState[]> {
    return this.loader(context).load(view);
  }

  /** One query for all campaigns of a page. */
  private loader(context: RequestContext): DataLoader<CampaignView, CapState[]> {
    return remembered(
      context,
      capsKey,
      () => new DataLoader((campaigns) => this.states.of(supplierScopeOf(context), campaigns)),
    );
  }
}

import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { CampaignView } from "../../offers/campaigns";
import { Campaign } from "../../offers/campaigns/campaign.types";
import { principalOf, remembered, scopeOf, type RequestContext } from "../../access/identity";
import type { CapState } from "./cap-state";
import type { CapStates } from "./cap-states.service";
import { CampaignCap } from "./cap-state.types";

const capsKey = Symbol("caps by campaign");

@Resolver(() => Campaign)
export class CapStateResolver {
  constructor(private readonly states: CapStates) {}

  @FieldResolver(() => [CampaignCap], {
    description: "Its caps, with what is left of each now. Empty: as many leads as the balance allows.",
  })
  async caps(@Root() { view }: Campaign, @Ctx() context: RequestContext): Promise<CapState[]> {
    return this.loader(context).load(view);
  }

  /** One query for all campaigns of a page. */
  private loader(context: RequestContext): DataLoader<CampaignView, CapState[]> {
    return remembered(
      context,
      capsKey,
      () => new DataLoader((campaigns) => this.states.of(scopeOf(principalOf(context)), campaigns)),
    );
  }
}

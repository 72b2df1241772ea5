import { Arg, ID, Resolver, Root, Subscription } from "type-graphql";
import type { RequestContext } from "../../access/identity";
import { CampaignCapsNow } from "./cap-state.types";
import type { CapsNow, CapWatch } from "./cap-watch.service";

/** type-graphql calls `subscribe` without a resolver instance, so the watch comes with the context. */
interface WatchContext extends RequestContext {
  readonly capWatch: CapWatch;
}

@Resolver()
export class CapWatchResolver {
  @Subscription(() => CampaignCapsNow, {
    description:
      "What is left of a campaign's caps: now, and whenever it changes through a lead, an edit or the end of a window. NOT_FOUND if the campaign is not yours.",
    subscribe: ({ args, context }) =>
      (context as WatchContext).capWatch.watch(
        context as WatchContext,
        (args as { campaign: string }).campaign,
      ),
  })
  campaignCaps(
    @Root() now: CapsNow,
    @Arg("campaign", () => ID, { description: "The id of one of your campaigns." }) _campaign: string,
  ): CampaignCapsNow {
    return { at: now.at, caps: now.caps };
  }
}

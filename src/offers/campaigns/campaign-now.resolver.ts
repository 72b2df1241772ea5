import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { remembered, type RequestContext } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { DateTime } from "../../platform/graphql/scalars";
import type { Attended } from "./campaign-presence.service";
import { CampaignStatus } from "./campaign-enums.types";
import { Campaign } from "./campaign.types";
import { standingAt } from "./status";
import type { CampaignStatus as Status } from "./terms";

const attendedKey = Symbol("campaigns that somebody follows");

/** Fields of a campaign that depend on the instant at which they are read. */
@Resolver(() => Campaign)
export class CampaignNowResolver {
  constructor(
    private readonly clock: Clock,
    private readonly transact: Transact,
    private readonly attended: Attended,
  ) {}

  @FieldResolver(() => CampaignStatus)
  status(@Root() { view }: Campaign): Status {
    return standingAt(view, this.clock.now()).status;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "When a PAUSED campaign becomes ACTIVE by itself; null if it does not.",
  })
  pausedUntil(@Root() { view }: Campaign): Date | null {
    return standingAt(view, this.clock.now()).pausedUntil;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether a signed-in member of yours who may see the campaign follows `leadFeed` now. If not, a campaign with `onlyWhenConnected` receives no leads.",
  })
  async somebodyConnected(@Root() { id }: Campaign, @Ctx() context: RequestContext): Promise<boolean> {
    return remembered(context, attendedKey, () => this.loader()).load(id);
  }

  /**
   * Access to the campaign has been checked before. Reads as the worker, because suppliers may not read
   * presence rows themselves.
   */
  private loader(): DataLoader<string, boolean> {
    return new DataLoader(async (ids: readonly string[]) => {
      const attended = await this.transact({ role: "worker" }, (tx) => this.attended.among(tx, ids));
      return ids.map((id) => attended.has(id));
    });
  }
}

import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { remembered, type RequestContext } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { DateTime } from "../../platform/graphql/scalars";
import type { CampaignPresence } from "./campaign-presence.service";
import { CampaignStatus } from "./campaign-enums.types";
import { Campaign } from "./campaign.types";
import { statusAt } from "./status";
import type { CampaignStatus as Status } from "./terms";

const connectedKey = Symbol("campaigns with a connected member");

/** Fields of a campaign that depend on the instant at which they are read. */
@Resolver(() => Campaign)
export class CampaignNowResolver {
  constructor(
    private readonly clock: Clock,
    private readonly transact: Transact,
    private readonly presence: CampaignPresence,
  ) {}

  @FieldResolver(() => CampaignStatus, { description: "Whether it takes leads now." })
  status(@Root() { view }: Campaign): Status {
    return statusAt(view, this.clock.now()).status;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "When a PAUSED campaign becomes ACTIVE by itself; null if it does not.",
  })
  pausedUntil(@Root() { view }: Campaign): Date | null {
    return statusAt(view, this.clock.now()).pausedUntil;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether a signed-in member of yours who may see the campaign follows `leadFeed` now. If not, a campaign with `onlyWhenConnected` receives no leads.",
  })
  async somebodyConnected(@Root() { id }: Campaign, @Ctx() context: RequestContext): Promise<boolean> {
    return remembered(context, connectedKey, () => this.loader()).load(id);
  }

  /**
   * Access to the campaign has been checked before. Reads as the worker, because suppliers may not read
   * presence rows themselves.
   */
  private loader(): DataLoader<string, boolean> {
    return new DataLoader(async (ids: readonly string[]) => {
      const connected = await this.transact({ role: "worker" }, (tx) =>
        this.presence.connectedAmong(tx, ids),
      );
      return ids.map((id) => connected.has(id));
    });
  }
}

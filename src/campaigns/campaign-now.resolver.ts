import { FieldResolver, Resolver, Root } from "type-graphql";
import { DateTime } from "../platform/graphql/scalars";
import { CampaignStatus } from "./campaign-enums.types";
import { Campaign } from "./campaign.types";
import { standingAt } from "./status";
import type { CampaignStatus as Status } from "./terms";

/** What is true of a campaign at the instant at which it is read. */
@Resolver(() => Campaign)
export class CampaignNowResolver {
  constructor(private readonly clock: () => Date) {}

  @FieldResolver(() => CampaignStatus)
  status(@Root() { view }: Campaign): Status {
    return standingAt(view, this.clock()).status;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "When a PAUSED campaign becomes ACTIVE by itself; null if it does not.",
  })
  pausedUntil(@Root() { view }: Campaign): Date | null {
    return standingAt(view, this.clock()).pausedUntil;
  }
}

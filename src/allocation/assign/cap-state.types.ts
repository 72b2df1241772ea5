import { Field, ObjectType } from "type-graphql";
import { CapPeriod, CapUnit } from "../../offers/campaigns/campaign-enums.types";
import { Cents, DateTime } from "../../platform/graphql/scalars";

@ObjectType({
  description:
    "A cap of a campaign, and what is left of it in its current window, in leads or cents excluding VAT.",
})
export class CampaignCap {
  @Field(() => CapUnit) unit: keyof typeof CapUnit;
  @Field(() => CapPeriod) period: keyof typeof CapPeriod;
  @Field(() => Cents) limit: number;
  @Field(() => Cents) used: number;
  @Field(() => Cents, { description: "A campaign takes a lead only if every cap has room for it." })
  left: number;
  @Field(() => DateTime, { description: "When the current window ends." }) resetsAt: Date;
}

@ObjectType({
  description: "What is left of a campaign's caps at one instant, in the order of the campaign's terms.",
})
export class CampaignCapsNow {
  @Field(() => DateTime) at: Date;
  @Field(() => [CampaignCap]) caps: readonly CampaignCap[];
}

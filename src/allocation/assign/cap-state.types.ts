import { Field, ObjectType } from "type-graphql";
import { CapPeriod, CapUnit } from "../../offers/campaigns/campaign-enums.types";
import { Cents, DateTime } from "../../platform/graphql/scalars";

@ObjectType({
  description:
    "A cap of a campaign, and what is left of it in its current window, in leads or cents excluding VAT.",
})
export class CampaignCap {
  @Field(() => CapUnit, { description: "What is counted." }) unit: keyof typeof CapUnit;
  @Field(() => CapPeriod, { description: "How often the count starts again." })
  period: keyof typeof CapPeriod;
  @Field(() => Cents, { description: "The most in one window, in the unit: leads or cents." }) limit: number;
  @Field(() => Cents, { description: "What the current window has used, in the unit." }) used: number;
  @Field(() => Cents, {
    description:
      "The rest of the limit, in the unit. A campaign takes a lead only if every cap has room for it.",
  })
  left: number;
  @Field(() => DateTime, { description: "When the current window ends." }) resetsAt: Date;
}

@ObjectType({
  description: "What is left of a campaign's caps at one instant, in the order of the campaign's terms.",
})
export class CampaignCapsNow {
  @Field(() => DateTime, { description: "The instant for which all caps were read." }) at: Date;
  @Field(() => [CampaignCap], { description: "In the order of the terms. Empty: the campaign has no caps." })
  caps: readonly CampaignCap[];
}

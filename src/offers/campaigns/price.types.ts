import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { CriterionInput } from "./campaign-input.types";
import { Criterion } from "./campaign.types";

@InputType({ description: "The lowest price of some leads from an instant on." })
export class PriceInput {
  @Field(() => ID, { description: "The id of a product." }) product: string;
  @Field(() => ID, {
    nullable: true,
    description: "Only for leads there, such as 69, 2A or 974. Omitted: everywhere.",
  })
  departement?: string | null;
  @Field(() => [CriterionInput], {
    nullable: true,
    description: "Only for leads that meet all of these criteria (a tier). Omitted: all leads.",
  })
  criteria?: CriterionInput[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Only for exclusive campaigns (maxSeats 1). Omitted: all campaigns.",
  })
  exclusive?: boolean | null;
  @Field(() => Cents, {
    description:
      "The lowest price per lead, excluding VAT, at most 1000000. 0 removes the floor of this scope; that of all leads is at least 1.",
  })
  floorCents: number;
  @Field(() => DateTime, { nullable: true, description: "The start, never in the past. Omitted: now." })
  since?: Date | null;
}

@ObjectType({
  description:
    "The lowest price for some of a product's leads, until a later one for the same leads replaces it.",
})
export class PriceFloor {
  @Field(() => ID, { description: "The id of the product." }) product: string;
  @Field(() => ID, { nullable: true, description: "Only for leads there. null: everywhere." }) departement:
    string | null;
  @Field(() => [Criterion], { description: "Only for leads that meet all of these. Empty: all leads." })
  criteria: readonly Criterion[];
  @Field(() => Boolean, { description: "Only for leads that a single supplier receives." })
  exclusive: boolean;
  @Field(() => Cents, { description: "Excluding VAT. 0: the floor of this scope is removed." })
  floorCents: number;
  @Field(() => DateTime, { description: "The start. For a product's default floor: now." })
  since: Date;
}

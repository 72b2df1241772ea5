import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { CriterionInput } from "./campaign-input.types";
import { Criterion } from "./campaign.types";

@InputType()
export class PriceInput {
  @Field(() => ID) product: string;
  @Field(() => ID, { nullable: true, description: "Only for leads there. Omitted: everywhere." })
  departement?: string | null;
  @Field(() => [CriterionInput], {
    nullable: true,
    description: "Only for leads that meet all of these criteria (a tier). Omitted: all leads.",
  })
  criteria?: CriterionInput[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Only for exclusive campaigns (maxSeats 1).",
  })
  exclusive?: boolean | null;
  @Field(() => Cents, {
    description: "The lowest price per lead, excluding VAT. 0 removes the floor of this scope.",
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
  @Field(() => ID) product: string;
  @Field(() => ID, { nullable: true, description: "null: everywhere." }) departement: string | null;
  @Field(() => [Criterion], { description: "Only for leads that meet all of these. Empty: all leads." })
  criteria: readonly Criterion[];
  @Field(() => Boolean, { description: "Only for leads that a single supplier receives." })
  exclusive: boolean;
  @Field(() => Cents, { description: "Excluding VAT. 0: the floor of this scope is removed." })
  floorCents: number;
  @Field(() => DateTime, { description: "The start. For a product's default floor: now." })
  since: Date;
}

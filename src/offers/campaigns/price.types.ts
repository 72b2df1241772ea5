import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { CriterionInput } from "./campaign-input.types";
import { Criterion } from "./campaign.types";

@InputType()
export class PriceInput {
  @Field(() => ID) product: string;
  @Field(() => ID, { nullable: true, description: "Only of leads there; everywhere if left out." })
  departement?: string | null;
  @Field(() => [CriterionInput], {
    nullable: true,
    description: "Only of leads that meet all of these: a tier. All leads if left out.",
  })
  criteria?: CriterionInput[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Only of campaigns that share with nobody (maxSeats 1).",
  })
  exclusive?: boolean | null;
  @Field(() => Cents, {
    description: "The lowest price per lead, excluding VAT. 0: from then on there is none of this kind.",
  })
  floorCents: number;
  @Field(() => DateTime, { nullable: true, description: "From when on; now if left out, never before." })
  since?: Date | null;
}

@ObjectType({
  description:
    "The lowest price of some of a product's leads, until a later one for the same leads takes over.",
})
export class PriceFloor {
  @Field(() => ID) product: string;
  @Field(() => ID, { nullable: true, description: "null: everywhere." }) departement: string | null;
  @Field(() => [Criterion], { description: "Of leads that meet all of these. Empty: of all." })
  criteria: readonly Criterion[];
  @Field(() => Boolean, { description: "Only of leads that one supplier alone receives." })
  exclusive: boolean;
  @Field(() => Cents, { description: "Excluding VAT. 0: none of this kind any more." }) floorCents: number;
  @Field(() => DateTime, { description: "From when on; of a product's own floor, which nobody set, now." })
  since: Date;
}

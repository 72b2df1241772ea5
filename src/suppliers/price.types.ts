import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Cents, DateTime } from "../platform/graphql/scalars";

@InputType()
export class PriceInput {
  @Field(() => ID) product: string;
  @Field(() => Cents, { description: "The lowest price per lead, excluding VAT." }) floorCents: number;
  @Field(() => DateTime, { nullable: true, description: "From when on; now if left out, never before." })
  since?: Date | null;
}

@ObjectType({ description: "The lowest price of a product's leads, until a later one takes over." })
export class PriceFloor {
  @Field(() => ID) product: string;
  @Field(() => Cents, { description: "Excluding VAT." }) floorCents: number;
  @Field(() => DateTime) since: Date;
}

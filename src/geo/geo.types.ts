import { Field, ID, ObjectType } from "type-graphql";
import type { Place as PlaceData } from "./place";

@ObjectType({ description: "A commune of the official geographic code (INSEE, COG)." })
export class Commune {
  @Field(() => ID) inseeCode: string;
  @Field(() => String) name: string;
  @Field(() => ID) departement: string;
}

@ObjectType({
  description: "Where the need is. Matching is on the commune, never on the postcode's first digits.",
})
export class Place {
  @Field(() => String) postcode: string;
  @Field(() => Commune) commune: Commune;
  @Field(() => ID, {
    nullable: true,
    description: "null in the overseas collectivities, which belong to no région.",
  })
  region: string | null;
}

export const toPlace = ({ postcode, inseeCode, commune, departement, region }: PlaceData): Place => ({
  postcode,
  commune: { inseeCode, name: commune, departement },
  region,
});

import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Place as PlaceData, Precision as PrecisionData } from "./place";

export const Precision: Record<PrecisionData, PrecisionData> = {
  ADDRESS: "ADDRESS",
  COMMUNE: "COMMUNE",
  NONE: "NONE",
};
registerEnumType(Precision, {
  name: "Precision",
  description:
    "How exactly it is known where a need is. Circles and polygons hold no need of precision NONE.",
  valuesConfig: {
    ADDRESS: { description: "The person's own position, which zones see to a hundredth of a degree." },
    COMMUNE: { description: "The middle of its commune." },
    NONE: { description: "The commune only, without a point on the ground." },
  },
});

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
  @Field(() => Precision) precision: PrecisionData;
}

export const toPlace = ({
  postcode,
  inseeCode,
  commune,
  departement,
  region,
  precision,
}: PlaceData): Place => ({
  postcode,
  precision,
  commune: { inseeCode, name: commune, departement },
  region,
});

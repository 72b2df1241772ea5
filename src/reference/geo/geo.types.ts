import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Place as PlaceData, Precision as PrecisionData } from "./place";

export const Precision: Record<PrecisionData, PrecisionData> = {
  ADDRESS: "ADDRESS",
  COMMUNE: "COMMUNE",
  NONE: "NONE",
};
registerEnumType(Precision, {
  name: "Precision",
  description: "How precisely the location of the request is known. Circles and polygons never match NONE.",
  valuesConfig: {
    ADDRESS: { description: "The person's own position. Zones use it rounded to a hundredth of a degree." },
    COMMUNE: { description: "The centroid of the commune." },
    NONE: { description: "The commune only, without coordinates." },
  },
});

@ObjectType({ description: "A commune of the official geographic code (COG) of INSEE." })
export class Commune {
  @Field(() => ID) inseeCode: string;
  @Field(() => String) name: string;
  @Field(() => ID) departement: string;
}

@ObjectType({
  description:
    "The location of the request. Matching uses the commune, never the first digits of the postcode.",
})
export class Place {
  @Field(() => String) postcode: string;
  @Field(() => Commune) commune: Commune;
  @Field(() => ID, {
    nullable: true,
    description: "Null in the overseas collectivities, which belong to no région.",
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

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
  @Field(() => ID, { description: "Its INSEE code, such as 69123. It differs from the postcode." })
  inseeCode: string;
  @Field(() => String, { description: "Its official French name." }) name: string;
  @Field(() => ID, { description: "The code of its département, such as 69, 2A or 974." })
  departement: string;
}

@ObjectType({
  description:
    "The location of the request. Matching uses the commune, never the first digits of the postcode.",
})
export class Place {
  @Field(() => String, { description: "Five digits." }) postcode: string;
  @Field(() => Commune, { description: "The commune of the place." }) commune: Commune;
  @Field(() => ID, {
    nullable: true,
    description: "The INSEE code of the région; null in the overseas collectivities, which belong to none.",
  })
  region: string | null;
  @Field(() => Precision, { description: "How precisely the position is known." }) precision: PrecisionData;
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

import { Field, Float, ID, InputType, Int } from "type-graphql";
import { markOneOf } from "../../platform/graphql/one-of";
import { Cents, Json } from "../../platform/graphql/scalars";
import { CapPeriod, CapUnit, Weekday } from "./campaign-enums.types";
import type * as terms from "./terms";

@InputType({ description: "A circle on the ground with a radius of 1 to 300 km, including its border." })
export class CircleInput {
  @Field(() => Float) longitude: number;
  @Field(() => Float) latitude: number;
  @Field(() => Float) radiusKm: number;
}

@InputType({
  description:
    "Exactly one of these. FR is metropolitan France and the five overseas départements; the collectivities have their own codes. circle and polygon match needs whose position is known, from the address or the commune's centroid; a need without one is refused as PLACE_NOT_PRECISE. A person's own position is used to a hundredth of a degree, about a kilometre.",
})
export class ZoneInput {
  @Field(() => String, { nullable: true }) country?: string;
  @Field(() => ID, { nullable: true, description: "INSEE code of a région." }) region?: string;
  @Field(() => ID, { nullable: true }) departement?: string;
  @Field(() => String, { nullable: true }) postcode?: string;
  @Field(() => ID, {
    nullable: true,
    description: "INSEE code of a current or former commune, or of an arrondissement.",
  })
  commune?: string;
  @Field(() => CircleInput, { nullable: true }) circle?: CircleInput;
  @Field(() => Json, {
    nullable: true,
    description:
      "GeoJSON Polygon or MultiPolygon, WGS 84, with holes, at most 5000 points. Borders are included.",
  })
  polygon?: unknown;
}
markOneOf("ZoneInput");

const boundDescription =
  'NUMBER and DATE only, inclusive. On a DATE: YYYY-MM-DD, or relative to the day of the decision in the campaign\'s time zone: "today", "today+90d", "today-6w", "today+3m", "today-2y" (at most 4 digits; months and years by the calendar, at most to the month\'s last day).';

@InputType({
  description:
    "All criteria must be met. A field without an answer fails every test except isSet: false. For MULTICHOICE, oneOf requires a common value and noneOf forbids any.",
})
export class CriterionInput {
  @Field(() => ID) field: string;
  @Field(() => [Json], { nullable: true }) oneOf?: unknown[];
  @Field(() => [Json], { nullable: true }) noneOf?: unknown[];
  @Field(() => Json, { nullable: true, description: boundDescription }) min?: unknown;
  @Field(() => Json, { nullable: true, description: boundDescription }) max?: unknown;
  @Field(() => Boolean, { nullable: true }) isSet?: boolean;
}

@InputType({ description: "At most `limit` leads, or cents excluding VAT, in each period." })
export class CapInput {
  @Field(() => CapUnit) unit: terms.CapUnit;
  @Field(() => CapPeriod) period: terms.CapPeriod;
  @Field(() => Cents, { description: "At least 1. To take no leads, pause the campaign." }) limit: number;
}

@InputType({ description: "When leads are wanted, in the campaign's time zone." })
export class OpeningInput {
  @Field(() => [Weekday]) days: terms.Weekday[];
  @Field(() => String, { description: "HH:MM" }) from: string;
  @Field(() => String, { description: "HH:MM, exclusive; 24:00 is the end of the day." }) to: string;
}

@InputType()
export class CampaignInput {
  @Field(() => String) name: string;
  @Field(() => ID) product: string;
  @Field(() => ID, { nullable: true }) site?: string;
  @Field(() => [ZoneInput]) zones: ZoneInput[];
  @Field(() => [ZoneInput], { nullable: true }) excludedZones?: ZoneInput[];
  @Field(() => [CriterionInput]) criteria: CriterionInput[];
  @Field(() => Cents, { description: "Excluding VAT, at or above the product's floor." })
  pricePerLeadCents: number;
  @Field(() => [CapInput]) caps: CapInput[];
  @Field(() => String, { nullable: true, description: "For caps and schedule. Default: Europe/Paris." })
  timeZone?: string;
  @Field(() => [OpeningInput], { nullable: true, description: "Omitted or empty: always." })
  schedule?: OpeningInput[];
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Take no leads on the public holidays of all of France (code du travail, L.3133-1), in the campaign's time zone. Default: false.",
  })
  closedOnHolidays?: boolean;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Take leads only while a signed-in member of yours who may see the campaign follows `leadFeed`; an API key does not count. Leads wait meanwhile and are tried when somebody connects. Default: false.",
  })
  onlyWhenConnected?: boolean;
  @Field(() => Int, {
    nullable: true,
    description:
      "After receiving a person for this product, do not receive them for it again for this many days: 0 to 180, default 30. The same e-mail address or phone number is the same person.",
  })
  duplicateWindowDays?: number;
  @Field(() => Int, {
    nullable: true,
    description: "Take only leads that go to at most this many suppliers; 1 is exclusive.",
  })
  maxSeats?: number;
  @Field(() => Int, { nullable: true, description: "Refuse leads that have waited longer. Default: 24." })
  maxAgeHours?: number;
}

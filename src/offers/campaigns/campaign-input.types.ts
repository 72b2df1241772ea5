import { Field, Float, ID, InputType, Int } from "type-graphql";
import { markOneOf } from "../../platform/graphql/one-of";
import { Cents, Json } from "../../platform/graphql/scalars";
import { CapPeriod, CapUnit, Weekday } from "./campaign-enums.types";
import type * as terms from "./terms";

@InputType({ description: "A circle on the ground, of 1 to 300 km. What lies on its border belongs to it." })
export class CircleInput {
  @Field(() => Float) longitude: number;
  @Field(() => Float) latitude: number;
  @Field(() => Float) radiusKm: number;
}

@InputType({
  description:
    "Exactly one of these. FR is metropolitan France and the five overseas départements; the collectivities by their own codes. circle and polygon hold needs whose position is known, from the address or the commune's centroid; a need without one is refused as PLACE_NOT_PRECISE. A person's own position is seen to a hundredth of a degree, about a kilometre.",
})
export class ZoneInput {
  @Field(() => String, { nullable: true }) country?: string;
  @Field(() => ID, { nullable: true, description: "INSEE code of a région." }) region?: string;
  @Field(() => ID, { nullable: true }) departement?: string;
  @Field(() => String, { nullable: true }) postcode?: string;
  @Field(() => ID, {
    nullable: true,
    description: "INSEE code of a commune of today or before, or of an arrondissement.",
  })
  commune?: string;
  @Field(() => CircleInput, { nullable: true }) circle?: CircleInput;
  @Field(() => Json, {
    nullable: true,
    description:
      "GeoJSON Polygon or MultiPolygon, WGS 84, with holes, at most 5000 points. Borders belong to it.",
  })
  polygon?: unknown;
}
markOneOf("ZoneInput");

const boundDescription =
  'NUMBER and DATE only, inclusive. On a DATE: YYYY-MM-DD, or relative to the day of the decision in the campaign\'s time zone: "today", "today+90d", "today-6w", "today+3m", "today-2y" (at most 4 digits; months and years by the calendar, at most to the month\'s last day).';

@InputType({
  description:
    "All criteria hold together. A field not answered fails every test but isSet: false. On MULTICHOICE, oneOf asks for a common value, noneOf for none.",
})
export class CriterionInput {
  @Field(() => ID) field: string;
  @Field(() => [Json], { nullable: true }) oneOf?: unknown[];
  @Field(() => [Json], { nullable: true }) noneOf?: unknown[];
  @Field(() => Json, { nullable: true, description: boundDescription }) min?: unknown;
  @Field(() => Json, { nullable: true, description: boundDescription }) max?: unknown;
  @Field(() => Boolean, { nullable: true }) isSet?: boolean;
}

@InputType({ description: "No more than `limit` leads, or cents excluding VAT, in each period." })
export class CapInput {
  @Field(() => CapUnit) unit: terms.CapUnit;
  @Field(() => CapPeriod) period: terms.CapPeriod;
  @Field(() => Cents, { description: "From 1. To take nothing, pause the campaign." }) limit: number;
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
  @Field(() => String, { nullable: true, description: "Of caps and schedule; default Europe/Paris." })
  timeZone?: string;
  @Field(() => [OpeningInput], { nullable: true, description: "Left out or empty: always." })
  schedule?: OpeningInput[];
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Take nothing on the public holidays of all of France (code du travail, L.3133-1), by the campaign's clock; default false.",
  })
  closedOnHolidays?: boolean;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Take leads only while a signed-in member of yours who may see the campaign follows `leadFeed`; a machine's key is nobody. Leads wait meanwhile, and are tried when somebody connects. Default false.",
  })
  onlyWhenConnected?: boolean;
  @Field(() => Int, {
    nullable: true,
    description:
      "For so many days from receiving a person for this product, do not receive them for it again: 0 to 180, default 30. The same e-mail address or the same number is the same person.",
  })
  duplicateWindowDays?: number;
  @Field(() => Int, {
    nullable: true,
    description: "Take only leads sent to at most so many suppliers; 1 is exclusive.",
  })
  maxSeats?: number;
  @Field(() => Int, { nullable: true, description: "Refuse leads that waited longer; default 24." })
  maxAgeHours?: number;
}

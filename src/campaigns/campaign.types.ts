import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { Product, toProduct } from "../catalogue/catalogue.types";
import { productById } from "../catalogue";
import { connectionType } from "../platform/graphql/connection";
import { markOneOf } from "../platform/graphql/one-of";
import { Cents, DateTime, Json } from "../platform/graphql/scalars";
import type { CampaignView } from "./campaign-view";
import type * as terms from "./terms";

const named = <T extends string>(...values: T[]): Record<T, T> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;

export const CampaignStatus = named<terms.CampaignStatus>("ACTIVE", "PAUSED", "ARCHIVED");
export const CapUnit = named<terms.CapUnit>("LEADS", "SPEND_CENTS");
export const CapPeriod = named<terms.CapPeriod>("HOUR", "DAY", "WEEK", "MONTH");
export const Weekday = named<terms.Weekday>("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
registerEnumType(CampaignStatus, { name: "CampaignStatus", description: "ARCHIVED is for good." });
registerEnumType(CapUnit, { name: "CapUnit" });
registerEnumType(CapPeriod, {
  name: "CapPeriod",
  description: "In the campaign's time zone; HOUR begins at the full hour UTC, WEEK on Monday.",
});
registerEnumType(Weekday, { name: "Weekday" });

@InputType({ description: "A circle on the ground." })
export class CircleInput {
  @Field(() => Float) longitude: number;
  @Field(() => Float) latitude: number;
  @Field(() => Float) radiusKm: number;
}

@InputType({
  description:
    "Exactly one of these. FR is metropolitan France and the five overseas départements; the collectivities by their own codes. circle and polygon are not yet offered and are refused.",
})
export class ZoneInput {
  @Field(() => String, { nullable: true }) country?: string;
  @Field(() => ID, { nullable: true, description: "INSEE code of a région." }) region?: string;
  @Field(() => ID, { nullable: true }) departement?: string;
  @Field(() => String, { nullable: true }) postcode?: string;
  @Field(() => ID, { nullable: true, description: "INSEE code of a commune." }) commune?: string;
  @Field(() => CircleInput, { nullable: true }) circle?: CircleInput;
  @Field(() => Json, { nullable: true, description: "GeoJSON Polygon or MultiPolygon, WGS 84." })
  polygon?: unknown;
}
markOneOf("ZoneInput");

@InputType({
  description:
    "All criteria hold together. A field not answered fails every test but isSet: false. On MULTICHOICE, oneOf asks for a common value, noneOf for none.",
})
export class CriterionInput {
  @Field(() => ID) field: string;
  @Field(() => [Json], { nullable: true }) oneOf?: unknown[];
  @Field(() => [Json], { nullable: true }) noneOf?: unknown[];
  @Field(() => Json, { nullable: true, description: "NUMBER and DATE only, inclusive." }) min?: unknown;
  @Field(() => Json, { nullable: true, description: "NUMBER and DATE only, inclusive." }) max?: unknown;
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
  @Field(() => Int, {
    nullable: true,
    description: "Take only leads sent to at most so many suppliers; 1 is exclusive.",
  })
  maxSeats?: number;
  @Field(() => Int, { nullable: true, description: "Refuse leads that waited longer; default 24." })
  maxAgeHours?: number;
}

@ObjectType({ description: "A place that leads come from, as kind and code." })
export class Zone {
  @Field(() => String, { description: "country, region, departement, postcode or commune." })
  kind: terms.ZoneKind;
  @Field(() => ID) code: string;
}
@ObjectType()
export class Criterion {
  @Field(() => ID) field: string;
  @Field(() => [Json], { nullable: true }) oneOf?: readonly unknown[];
  @Field(() => [Json], { nullable: true }) noneOf?: readonly unknown[];
  @Field(() => Json, { nullable: true }) min?: unknown;
  @Field(() => Json, { nullable: true }) max?: unknown;
  @Field(() => Boolean, { nullable: true }) isSet?: boolean;
}
@ObjectType()
export class Cap {
  @Field(() => CapUnit) unit: terms.CapUnit;
  @Field(() => CapPeriod) period: terms.CapPeriod;
  @Field(() => Cents) limit: number;
}
@ObjectType()
export class Opening {
  @Field(() => [Weekday]) days: readonly terms.Weekday[];
  @Field(() => String) from: string;
  @Field(() => String) to: string;
}

@ObjectType({
  description: "A standing order for leads. Every edit is a new version; a lead keeps the one that took it.",
})
export class Campaign {
  @Field(() => ID) id: string;
  @Field(() => Int) version: number;
  @Field(() => CampaignStatus) status: terms.CampaignStatus;
  @Field(() => DateTime) createdAt: Date;
  @Field(() => String) name: string;
  @Field(() => Product) product: Product;
  @Field(() => ID, { nullable: true }) site: string | null;
  @Field(() => [Zone]) zones: readonly Zone[];
  @Field(() => [Zone]) excludedZones: readonly Zone[];
  @Field(() => [Criterion]) criteria: readonly Criterion[];
  @Field(() => Cents, { description: "Excluding VAT." }) pricePerLeadCents: number;
  @Field(() => [Cap]) caps: readonly Cap[];
  @Field(() => String) timeZone: string;
  @Field(() => [Opening]) schedule: readonly Opening[];
  @Field(() => Int, { nullable: true }) maxSeats: number | null;
  @Field(() => Int) maxAgeHours: number;
}

export const CampaignConnection = connectionType(Campaign, "Campaign");

export function toCampaign({ id, version, status, createdAt, terms: content }: CampaignView): Campaign {
  const product = productById(content.product);
  if (!product) throw new Error(`Campaign ${id} is for a product that is not sold any more.`);
  const { formVersion: _, ...shown } = content;
  return { ...shown, id, version, status, createdAt, product: toProduct(product) };
}

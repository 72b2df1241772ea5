import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { Product, toProduct } from "../catalogue/catalogue.types";
import { productById } from "../catalogue";
import * as geo from "../geo";
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

@InputType({ description: "A circle on the ground, of 1 to 300 km. What lies on its border belongs to it." })
export class CircleInput {
  @Field(() => Float) longitude: number;
  @Field(() => Float) latitude: number;
  @Field(() => Float) radiusKm: number;
}

@InputType({
  description:
    "Exactly one of these. FR is metropolitan France and the five overseas départements; the collectivities by their own codes. circle and polygon hold needs whose position is known, from the address or the commune's centroid; a need without one is refused as PLACE_NOT_PRECISE.",
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
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Take nothing on the public holidays of all of France (code du travail, L.3133-1), by the campaign's clock; default false.",
  })
  closedOnHolidays?: boolean;
  @Field(() => Int, {
    nullable: true,
    description: "Take only leads sent to at most so many suppliers; 1 is exclusive.",
  })
  maxSeats?: number;
  @Field(() => Int, { nullable: true, description: "Refuse leads that waited longer; default 24." })
  maxAgeHours?: number;
}

@ObjectType()
export class Circle {
  @Field(() => Float) longitude: number;
  @Field(() => Float) latitude: number;
  @Field(() => Float) radiusKm: number;
}

@ObjectType({ description: "A place that leads come from, as kind and code, or as a shape." })
export class Zone {
  @Field(() => String, {
    description: "country, region, departement, postcode or commune; circle or polygon.",
  })
  kind: geo.Zone["kind"];
  @Field(() => ID, { description: "Of a shape, words for it." }) code: string;
  @Field(() => Circle, { nullable: true }) circle?: Circle;
  @Field(() => Json, { nullable: true, description: "GeoJSON, as it was given." }) polygon?: unknown;
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
  readonly view: CampaignView;
  @Field(() => DateTime) createdAt: Date;
  @Field(() => String) name: string;
  @Field(() => Product) product: Product;
  @Field(() => ID, { nullable: true }) site: string | null;
  @Field(() => [Zone]) zones: readonly Zone[];
  @Field(() => [Zone]) excludedZones: readonly Zone[];
  @Field(() => [Criterion]) criteria: readonly Criterion[];
  @Field(() => Cents, { description: "Excluding VAT." }) pricePerLeadCents: number;
  @Field(() => String) timeZone: string;
  @Field(() => [Opening]) schedule: readonly Opening[];
  @Field(() => Boolean) closedOnHolidays: boolean;
  @Field(() => Int, { nullable: true }) maxSeats: number | null;
  @Field(() => Int) maxAgeHours: number;
}

function toZone(zone: geo.Zone): Zone {
  if (!geo.isShape(zone)) return zone;
  const { kind } = zone;
  const code = geo.zoneText(zone);
  if (zone.kind === "polygon") return { kind, code, polygon: zone.geometry };
  const { longitude, latitude, radiusKm } = zone;
  return { kind, code, circle: { longitude, latitude, radiusKm } };
}

export const CampaignConnection = connectionType(Campaign, "Campaign");

export function toCampaign(view: CampaignView): Campaign {
  const { id, version, createdAt, terms: content } = view;
  const product = productById(content.product);
  if (!product) throw new Error(`Campaign ${id} is for a product that is not sold any more.`);
  const { formVersion: _version, caps: _caps, ...shown } = content;
  return {
    ...{ ...shown, view, id, version, createdAt },
    closedOnHolidays: content.closedOnHolidays ?? false,
    zones: shown.zones.map(toZone),
    excludedZones: shown.excludedZones.map(toZone),
    product: toProduct(product),
  };
}

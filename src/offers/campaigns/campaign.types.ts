import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Product, toProduct } from "../../reference/catalogue/catalogue.types";
import { productById } from "../../reference/catalogue";
import * as geo from "../../reference/geo";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime, Json } from "../../platform/graphql/scalars";
import { CapPeriod, CapUnit, Weekday } from "./campaign-enums.types";
import type { CampaignView } from "./campaign-view";
import { duplicateWindowDaysOf } from "./duplicate-window";
import type * as terms from "./terms";

@ObjectType()
export class Circle {
  @Field(() => Float) longitude: number;
  @Field(() => Float) latitude: number;
  @Field(() => Float) radiusKm: number;
}

@ObjectType({ description: "A place that leads come from: a kind with a code, or a shape." })
export class Zone {
  @Field(() => String, {
    description: "country, region, departement, postcode or commune; circle or polygon.",
  })
  kind: geo.Zone["kind"];
  @Field(() => ID, { description: "For a shape: a description." }) code: string;
  @Field(() => Circle, { nullable: true }) circle?: Circle;
  @Field(() => Json, { nullable: true, description: "GeoJSON, as it was entered." }) polygon?: unknown;
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
  description:
    "A standing order for leads. Every edit creates a new version; a lead keeps the version that took it.",
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
  @Field(() => Boolean) onlyWhenConnected: boolean;
  @Field(() => Int) duplicateWindowDays: number;
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
    onlyWhenConnected: content.onlyWhenConnected ?? false,
    duplicateWindowDays: duplicateWindowDaysOf(content),
    zones: shown.zones.map(toZone),
    excludedZones: shown.excludedZones.map(toZone),
    product: toProduct(product),
  };
}

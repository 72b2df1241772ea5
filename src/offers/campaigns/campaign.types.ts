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
import type { ZoneInput } from "./terms-input";
import { zoneInputOf } from "./updated-terms";

@ObjectType({ description: "A circle on the ground, including its border." })
export class Circle {
  @Field(() => Float, { description: "Of the centre, in degrees of WGS 84." }) longitude: number;
  @Field(() => Float, { description: "Of the centre, in degrees of WGS 84." }) latitude: number;
  @Field(() => Float, { description: "1 to 300 km." }) radiusKm: number;
}

@ObjectType({ description: "A place that leads come from: a kind with a code, or a shape." })
export class Zone {
  @Field(() => String, {
    description: "country, region, departement, postcode or commune; circle or polygon.",
  })
  kind: geo.Zone["kind"];
  @Field(() => ID, { description: "The code of its kind, such as 69. For a shape: a description." })
  code: string;
  @Field(() => Circle, { nullable: true, description: "Only for a circle; otherwise null." }) circle?: Circle;
  @Field(() => Json, {
    nullable: true,
    description: "Only for a polygon; otherwise null. GeoJSON, as it was entered.",
  })
  polygon?: unknown;
  @Field(() => Json, {
    description: 'The zone as a ZoneInput, to send it back in an update: {"departement": "69"}.',
  })
  input: ZoneInput;
}

@ObjectType({
  description:
    "What is asked of the answer to one field. All tests must be met. It can be sent back as a CriterionInput.",
})
export class Criterion {
  @Field(() => ID, { description: "The id of the field in the product's form." }) field: string;
  @Field(() => [Json], {
    nullable: true,
    description: "The answer is one of these, or for MULTICHOICE has one of them; null if not asked.",
  })
  oneOf?: readonly unknown[];
  @Field(() => [Json], {
    nullable: true,
    description: "The answer is none of these, or for MULTICHOICE has none of them; null if not asked.",
  })
  noneOf?: readonly unknown[];
  @Field(() => Json, { nullable: true, description: "The lowest answer wanted; null if not asked." })
  min?: unknown;
  @Field(() => Json, { nullable: true, description: "The highest answer wanted; null if not asked." })
  max?: unknown;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the field is to be answered, or not; null if not asked.",
  })
  isSet?: boolean;
}

@ObjectType({
  description:
    "At most `limit` leads, or cents excluding VAT, in each period. It can be sent back as a CapInput.",
})
export class Cap {
  @Field(() => CapUnit, { description: "What is counted." }) unit: terms.CapUnit;
  @Field(() => CapPeriod, { description: "How often the count starts again." }) period: terms.CapPeriod;
  @Field(() => Cents, { description: "A number of leads, or of cents excluding VAT; at least 1." })
  limit: number;
}

@ObjectType({
  description:
    "When leads are wanted, in the campaign's time zone, every week. It can be sent back as an OpeningInput.",
})
export class Opening {
  @Field(() => [Weekday], { description: "At least one, each once." }) days: readonly terms.Weekday[];
  @Field(() => String, { description: "HH:MM, inclusive." }) from: string;
  @Field(() => String, { description: "HH:MM, exclusive; 24:00 is the end of the day." }) to: string;
}

@ObjectType({
  description:
    "A standing order for leads. Every edit creates a new version; a lead keeps the version that took it.",
})
export class Campaign {
  @Field(() => ID, { description: "The id of the campaign." }) id: string;
  @Field(() => Int, {
    description:
      "Counts the edits of the terms, from 1. Pass it as `ifVersion` to edit what you read. A change of the status does not count.",
  })
  version: number;
  readonly view: CampaignView;
  @Field(() => DateTime, { description: "When the campaign was created." }) createdAt: Date;
  @Field(() => String, { description: "Your own name for it, 1 to 120 characters." }) name: string;
  @Field(() => Product, { description: "What the people ask for. It never changes." }) product: Product;
  @Field(() => ID, {
    nullable: true,
    description: "The id of the site that it belongs to; null if it belongs to the whole company.",
  })
  site: string | null;
  @Field(() => [Zone], { description: "Where leads may come from; at least one." }) zones: readonly Zone[];
  @Field(() => [Zone], { description: "Where leads may not come from, although in `zones`. May be empty." })
  excludedZones: readonly Zone[];
  @Field(() => [Criterion], { description: "What is asked of the answers. Empty: any answers." })
  criteria: readonly Criterion[];
  @Field(() => Cents, { description: "What you pay for a lead, excluding VAT." }) pricePerLeadCents: number;
  @Field(() => String, { description: "A name of the IANA database. For caps and schedule." })
  timeZone: string;
  @Field(() => [Opening], { description: "When leads are wanted. Empty: always." })
  schedule: readonly Opening[];
  @Field(() => Boolean, {
    description: "Whether it takes no leads on the public holidays of all of France, in its time zone.",
  })
  closedOnHolidays: boolean;
  @Field(() => Boolean, {
    description: "Whether it takes leads only while a member of yours is connected; see `somebodyConnected`.",
  })
  onlyWhenConnected: boolean;
  @Field(() => Int, {
    description:
      "For this many days after receiving a person for the product, it does not receive them again: 0 to 180.",
  })
  duplicateWindowDays: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "It takes only leads that go to at most this many suppliers; 1 is exclusive. null: as many as the product allows.",
  })
  maxSeats: number | null;
  @Field(() => Int, { description: "It refuses leads that have waited longer, in hours: 1 to 168." })
  maxAgeHours: number;
}

function toZone(zone: geo.Zone): Zone {
  const input = zoneInputOf(zone);
  if (!geo.isShape(zone)) return { ...zone, input };
  const { kind } = zone;
  const code = geo.zoneText(zone);
  if (zone.kind === "polygon") return { kind, code, polygon: zone.geometry, input };
  const { longitude, latitude, radiusKm } = zone;
  return { kind, code, circle: { longitude, latitude, radiusKm }, input };
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

import { Field, Float, ID, InputType, Int } from "type-graphql";
import { markOneOf } from "../../platform/graphql/one-of";
import { Cents, Json } from "../../platform/graphql/scalars";
import { CapPeriod, CapUnit, Weekday } from "./campaign-enums.types";
import type * as terms from "./terms";

@InputType({ description: "A circle on the ground with a radius of 1 to 300 km, including its border." })
export class CircleInput {
  @Field(() => Float, { description: "Of the centre, from -180 to 180 degrees of WGS 84." })
  longitude: number;
  @Field(() => Float, { description: "Of the centre, from -90 to 90 degrees of WGS 84." })
  latitude: number;
  @Field(() => Float, { description: "1 to 300 km." }) radiusKm: number;
}

@InputType({
  description:
    "Exactly one of these. FR is metropolitan France and the five overseas départements; the collectivities have their own codes. circle and polygon match needs whose position is known, from the address or the commune's centroid; a need without one is refused as PLACE_NOT_PRECISE. A person's own position is used to a hundredth of a degree, about a kilometre.",
})
export class ZoneInput {
  @Field(() => String, {
    nullable: true,
    description: "FR, or the code of a collectivity: PM, BL, MF, WF, PF or NC.",
  })
  country?: string;
  @Field(() => ID, { nullable: true, description: "INSEE code of a région." }) region?: string;
  @Field(() => ID, { nullable: true, description: "Its code, such as 69, 2A or 974." }) departement?: string;
  @Field(() => String, { nullable: true, description: "Of a commune, such as 69003; not a CEDEX one." })
  postcode?: string;
  @Field(() => ID, {
    nullable: true,
    description: "INSEE code of a current or former commune, or of an arrondissement.",
  })
  commune?: string;
  @Field(() => CircleInput, { nullable: true, description: "Everything within a distance of a point." })
  circle?: CircleInput;
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
    "Tests of the answer to one field; at least one. All must be met. A field without an answer fails every test except isSet: false. For MULTICHOICE, oneOf requires a common value and noneOf forbids any. Absent and null mean that nothing is tested.",
})
export class CriterionInput {
  @Field(() => ID, { description: "The id of a field of the product's form, named by no other criterion." })
  field: string;
  @Field(() => [Json], { nullable: true, description: "1 to 500 values of the field's type; no TEXT." })
  oneOf?: unknown[];
  @Field(() => [Json], {
    nullable: true,
    description: "1 to 500 values of the field's type, none of them in oneOf; no TEXT.",
  })
  noneOf?: unknown[];
  @Field(() => Json, { nullable: true, description: boundDescription }) min?: unknown;
  @Field(() => Json, { nullable: true, description: boundDescription }) max?: unknown;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the field must be answered. false cannot be combined with other tests.",
  })
  isSet?: boolean;
}

@InputType({
  description:
    "At most `limit` leads, or cents excluding VAT, in each period. A campaign has at most one cap of each unit and period.",
})
export class CapInput {
  @Field(() => CapUnit, { description: "What is counted." }) unit: terms.CapUnit;
  @Field(() => CapPeriod, { description: "How often the count starts again." }) period: terms.CapPeriod;
  @Field(() => Cents, {
    description:
      "At least 1, and in SPEND_CENTS at least the price of a lead. To take no leads, pause the campaign.",
  })
  limit: number;
}

@InputType({ description: "When leads are wanted, in the campaign's time zone." })
export class OpeningInput {
  @Field(() => [Weekday], { description: "At least one, each once." }) days: terms.Weekday[];
  @Field(() => String, { description: "HH:MM, inclusive." }) from: string;
  @Field(() => String, { description: "HH:MM, exclusive and later than from; 24:00 is the end of the day." })
  to: string;
}

@InputType({
  description:
    "The terms of a campaign. In createCampaign, an optional field that is absent or null has its default. In updateCampaign, one that is absent keeps its value and null sets the default.",
})
export class CampaignInput {
  @Field(() => String, { description: "1 to 120 characters on one line." }) name: string;
  @Field(() => ID, { description: "The id of a product. An update cannot change it." }) product: string;
  @Field(() => ID, {
    nullable: true,
    description: "The id of one of your sites. Default: none, so the campaign belongs to the whole company.",
  })
  site?: string;
  @Field(() => [ZoneInput], {
    description: "Where leads may come from: 1 to 2000 zones, of which at most 1000 circles and polygons.",
  })
  zones: ZoneInput[];
  @Field(() => [ZoneInput], {
    nullable: true,
    description:
      "Where leads may not come from, although in zones: at most 2000, of which at most 1000 circles and polygons. Default: nowhere.",
  })
  excludedZones?: ZoneInput[];
  @Field(() => [CriterionInput], { description: "What is asked of the answers. Empty: any answers." })
  criteria: CriterionInput[];
  @Field(() => Cents, { description: "Excluding VAT, at or above the product's floor and at most 1000000." })
  pricePerLeadCents: number;
  @Field(() => [CapInput], { description: "Empty: as many leads as your balance allows." })
  caps: CapInput[];
  @Field(() => String, {
    nullable: true,
    description: "A name of the IANA database, for caps and schedule. Default: Europe/Paris.",
  })
  timeZone?: string;
  @Field(() => [OpeningInput], {
    nullable: true,
    description: "When leads are wanted: at most 50 openings. Default, and empty: always.",
  })
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
      "After receiving a person for this product, do not receive them for it again for this many days: 0 to 180. Default: 30. The same e-mail address or phone number is the same person.",
  })
  duplicateWindowDays?: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "Take only leads that go to at most this many suppliers, from 1 (exclusive) to the product's seats. Default: as many as the product allows.",
  })
  maxSeats?: number;
  @Field(() => Int, {
    nullable: true,
    description: "Refuse leads that have waited longer, in hours: 1 to 168. Default: 24.",
  })
  maxAgeHours?: number;
}

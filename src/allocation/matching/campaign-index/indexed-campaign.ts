/**
 * What the index stores about a campaign: what is needed to remove it again, and the checks that rows cannot
 * answer. The terms themselves are not kept, because they are many times larger.
 */
import { statusAt, type Criterion } from "../../../offers/campaigns";
import {
  circlesIn,
  covers,
  flatten,
  type CircleZone,
  type PolygonZone,
  type Zone,
} from "../../../reference/geo";
import type { Candidate } from "../facts";
import { unmetOn } from "../match";
import type { IndexQuery } from "./index-query";
import type { StringPool } from "./string-pool";

export type CampaignState = Pick<Candidate, "status" | "pausedUntil">;

/** What a query returns about a matching campaign. */
export interface MatchedCampaign {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly pricePerLeadCents: number;
  /** The site that would serve the need, if the campaign belongs to one. */
  readonly site: string | null;
}

export interface IndexedCampaign extends MatchedCampaign {
  readonly pausedUntil: Date | null;
  readonly zones: IndexedZones;
  readonly excludedZones: IndexedZones;
  /** The criteria that rows do not answer. */
  readonly criteria: readonly Criterion[];
  readonly timeZone: string;
}

export interface IndexedZones {
  readonly codes: readonly string[];
  /** As plain numbers (geo/flat-circles.ts), which take less memory. */
  readonly circles: readonly number[];
  readonly polygons: readonly PolygonZone[];
}

export function indexedZones(zones: readonly Zone[], texts: StringPool): IndexedZones {
  if (zones.length === 0) return noZones;
  const codes: string[] = [];
  const circles: CircleZone[] = [];
  const polygons: PolygonZone[] = [];
  for (const zone of zones) {
    if (zone.kind === "polygon") polygons.push(zone);
    else if (zone.kind === "circle") circles.push(zone);
    else codes.push(texts.internZone(zone));
  }
  return { codes: listOf(codes), circles: listOf(flatten(circles)), polygons: listOf(polygons) };
}

export const couldRun = ({ status, pausedUntil }: CampaignState): boolean =>
  status === "ACTIVE" || (status === "PAUSED" && pausedUntil !== null);

/** Whether some of the campaign's terms must be checked individually, because no row answers them. */
export const needsCheck = ({ pausedUntil, excludedZones, criteria }: IndexedCampaign): boolean =>
  pausedUntil !== null || hasShapes(excludedZones) || criteria.length > 0;

/** Checks everything except the criteria that rows answer. */
export const admits = (campaign: IndexedCampaign, query: IndexQuery): boolean =>
  (namesPlace(campaign.zones, query) || holdsByShape(campaign.zones, query)) &&
  !namesPlace(campaign.excludedZones, query) &&
  passesCheck(campaign, query);

/** The checks that rows do not answer. Always true for a campaign for which `needsCheck` is false. */
export const passesCheck = (campaign: IndexedCampaign, query: IndexQuery): boolean =>
  runs(campaign, query.at) && !isExcludedByShape(campaign, query) && meetsRest(campaign, query);

/** Whether one of the circles or polygons contains the place. */
export function holdsByShape({ circles, polygons }: IndexedZones, { need }: IndexQuery): boolean {
  const zones: Zone[] = [...polygons];
  for (const circle of circlesIn(circles)) zones.push({ kind: "circle", ...circle });
  return zones.length > 0 && covers(zones, need.place);
}

const meetsRest = ({ criteria, timeZone }: IndexedCampaign, { need, at }: IndexQuery): boolean =>
  criteria.length === 0 || unmetOn(at, { criteria, timeZone }, need) === null;

const runs = ({ pausedUntil }: IndexedCampaign, at: Date): boolean =>
  pausedUntil === null || statusAt({ status: "PAUSED", pausedUntil }, at).status === "ACTIVE";

/** Without a position, an excluded shape counts as containing the place, because nobody knows that it does not. */
const isExcludedByShape = ({ excludedZones }: IndexedCampaign, query: IndexQuery): boolean =>
  hasShapes(excludedZones) && (query.point === null || holdsByShape(excludedZones, query));

const namesPlace = ({ codes }: IndexedZones, { zoneCodes }: IndexQuery): boolean =>
  codes.some((code) => zoneCodes.includes(code));

const hasShapes = ({ circles, polygons }: IndexedZones): boolean => circles.length > 0 || polygons.length > 0;

const nothing: readonly never[] = [];
const noZones: IndexedZones = { codes: nothing, circles: nothing, polygons: nothing };

/**
 * An exact-size copy, because a list built by `push` keeps spare capacity. Most lists are empty and share one
 * instance.
 */
export const listOf = <Item>(items: readonly Item[]): readonly Item[] =>
  items.length > 0 ? items.slice() : nothing;

/**
 * Which zones contain a place? A zone is either administrative, with a code that includes its kind ("departement:69"),
 * or a shape. Codes are compared, indexed and stored as plain text. Shapes are found by the cells they touch and then
 * tested one by one. A shape never contains a place without a position. gazetteer.ts knows which codes exist.
 */
import { anywhere, cellOf, cellsOf } from "./cells";
import type { Shape } from "./check-shape";
import { boxAround, circleHolds, type Circle } from "./circle";
import { type Place } from "./place";
import { polygonHolds } from "./polygon";
import type { Position } from "./position";

export type ZoneKind = "country" | "region" | "departement" | "commune" | "postcode";
export interface ZoneName {
  readonly kind: ZoneKind;
  readonly code: string;
}
export type CircleZone = { readonly kind: "circle" } & Circle;
export type PolygonZone = { readonly kind: "polygon" } & Shape;
export type ShapeZone = CircleZone | PolygonZone;
export type Zone = ZoneName | ShapeZone;

/** The zone as text. It includes the kind, so that région 84 and département 84 differ. */
export const zoneCodeOf = (zone: ZoneName): string => `${zone.kind}:${zone.code}`;

export const isShape = (zone: Zone): zone is ShapeZone => zone.kind === "circle" || zone.kind === "polygon";

/** Every administrative zone that contains this place, from the largest to the smallest. */
export function zoneCodesOf(place: Place): string[] {
  return [
    `country:${place.country}`,
    ...(place.region === null ? [] : [`region:${place.region}`]),
    `departement:${place.departement}`,
    `commune:${place.inseeCode}`,
    ...(place.arrondissement ? [`commune:${place.arrondissement}`] : []),
    `postcode:${place.postcode}`,
  ];
}

/** The codes to look up zones by. Every zone that contains the place has one of them in its `codesToFind`. */
export function codesFinding(place: Place): string[] {
  const { position } = place;
  return [...zoneCodesOf(place), ...(position ? [cellOf(position), anywhere] : [])];
}

/** The codes under which a circle is indexed. */
export const cellsAround = (circle: Circle): string[] => cellsOf([boxAround(circle)]);

/** The codes under which the zones are indexed. */
export const codesToFind = (zones: readonly Zone[]): string[] => [
  ...new Set(zones.flatMap((zone) => (isShape(zone) ? cellsOf(boxesOf(zone)) : zoneCodeOf(zone)))),
];

/** The first of the zones that contains the place. */
export function zoneHolding(zones: readonly Zone[], place: Place): Zone | undefined {
  const codes = zoneCodesOf(place);
  const { position } = place;
  return zones.find((zone) =>
    isShape(zone) ? position && shapeHolds(zone, position) : codes.includes(zoneCodeOf(zone)),
  );
}

/** Whether at least one of the zones contains the place; false for an empty list. */
export const covers = (zones: readonly Zone[], place: Place): boolean =>
  zoneHolding(zones, place) !== undefined;

/** Whether the result for one of the zones depends on a position that the place does not have. */
export const asksPosition = (zones: readonly Zone[], place: Place): boolean =>
  !place.position && zones.some(isShape);

const shapeHolds = (zone: ShapeZone, position: Position): boolean =>
  zone.kind === "circle" ? circleHolds(zone, position) : polygonHolds(zone, position);

const boxesOf = (zone: ShapeZone) => (zone.kind === "circle" ? [boxAround(zone)] : zone.boxes);

/** A short description of the zone for people. */
export function zoneText(zone: Zone): string {
  if (!isShape(zone)) return zoneCodeOf(zone);
  if (zone.kind === "polygon") return "polygon";
  return `circle of ${zone.radiusKm} km around ${zone.latitude}, ${zone.longitude}`;
}

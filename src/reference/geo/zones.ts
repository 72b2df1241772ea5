/**
 * Which zones hold a place? A zone is an administrative one, named by a code that says its kind
 * ("departement:69"), or a shape on the ground. Codes are compared, indexed and stored as plain text;
 * shapes are found by the cells they touch and asked one by one. A shape never holds a place whose
 * position is not known. Whether a code exists is gazetteer.ts.
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

/** The zone as text. Région 84, département 84 and so on stay apart because the kind stands in it. */
export const codeOf = (zone: ZoneName): string => `${zone.kind}:${zone.code}`;

export const isShape = (zone: Zone): zone is ShapeZone => zone.kind === "circle" || zone.kind === "polygon";

/** Every administrative zone that holds this place, from the widest to the narrowest. */
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

/** A zone that holds the place has one of these among its own (codesToFind). */
export function codesFinding(place: Place): string[] {
  const { position } = place;
  return [...zoneCodesOf(place), ...(position ? [cellOf(position), anywhere] : [])];
}

/** What to find a circle by. */
export const cellsAround = (circle: Circle): string[] => cellsOf([boxAround(circle)]);

/** What to find the zones by. */
export const codesToFind = (zones: readonly Zone[]): string[] => [
  ...new Set(zones.flatMap((zone) => (isShape(zone) ? cellsOf(boxesOf(zone)) : codeOf(zone)))),
];

/** The first of the zones that holds the place. */
export function zoneHolding(zones: readonly Zone[], place: Place): Zone | undefined {
  const codes = zoneCodesOf(place);
  const { position } = place;
  return zones.find((zone) =>
    isShape(zone) ? position && shapeHolds(zone, position) : codes.includes(codeOf(zone)),
  );
}

/** Whether at least one of the zones holds the place. No zone covers nothing. */
export const covers = (zones: readonly Zone[], place: Place): boolean =>
  zoneHolding(zones, place) !== undefined;

/** Whether one of them could only be answered if the place's position were known. */
export const asksPosition = (zones: readonly Zone[], place: Place): boolean =>
  !place.position && zones.some(isShape);

const shapeHolds = (zone: ShapeZone, position: Position): boolean =>
  zone.kind === "circle" ? circleHolds(zone, position) : polygonHolds(zone, position);

const boxesOf = (zone: ShapeZone) => (zone.kind === "circle" ? [boxAround(zone)] : zone.boxes);

/** In the words of whoever drew it. */
export function zoneText(zone: Zone): string {
  if (!isShape(zone)) return codeOf(zone);
  if (zone.kind === "polygon") return "polygon";
  return `circle of ${zone.radiusKm} km around ${zone.latitude}, ${zone.longitude}`;
}

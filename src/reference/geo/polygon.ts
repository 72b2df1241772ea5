/**
 * Does a polygon contain a point? Edges are straight in longitude and latitude, as in GeoJSON, and take the shorter way
 * around the globe, so a shape may cross the antimeridian. Rings follow the even-odd rule: an area that a
 * self-intersecting ring encloses twice is outside. Points on a border belong to the shape, also on the border of a
 * hole. check-shape.ts validates shapes.
 */
import { longitudeNear, type Position } from "./position";

export type Point = readonly [longitude: number, latitude: number];
/** A closed ring: the last point repeats the first. */
export type Ring = readonly Point[];
/** The outer ring, then its holes. */
export type Part = readonly Ring[];
export type Geometry =
  | { readonly type: "Polygon"; readonly coordinates: Part }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly Part[] };

/** A bounding box. `east` is at least `west`, so it exceeds 180 if the box crosses the antimeridian. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** About a tenth of a millimetre. A point closer than this to a border is on it. */
const borderDegrees = 1e-9;

export const polygonsOf = (geometry: Geometry): readonly Part[] =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;

/** `boxes` are the bounding boxes of the parts, in the same order. */
export function polygonHolds(
  { geometry, boxes }: { readonly geometry: Geometry; readonly boxes: readonly Box[] },
  position: Position,
): boolean {
  return polygonsOf(geometry).some((part, index) => {
    const box = boxes[index];
    return box !== undefined && boxHolds(box, position) && partHolds(part, box, position);
  });
}

function boxHolds({ west, south, east, north }: Box, { longitude, latitude }: Position): boolean {
  const x = longitudeNear(longitude, (west + east) / 2);
  const isBetween = (from: number, value: number, to: number): boolean =>
    value >= from - borderDegrees && value <= to + borderDegrees;
  return isBetween(west, x, east) && isBetween(south, latitude, north);
}

function partHolds([outer = [], ...holes]: Part, { west, east }: Box, position: Position): boolean {
  const middle = (west + east) / 2;
  const at: Point = [longitudeNear(position.longitude, middle), position.latitude];
  if (sideOf(unrolled(outer, middle), at) === "OUT") return false;
  return holes.every((hole) => sideOf(unrolled(hole, middle), at) !== "IN");
}

/** The ring without jumps at the antimeridian. Its first point is within half a turn of `middle`. */
export function unrolled(ring: Ring, middle: number): Point[] {
  let previous = middle;
  return ring.map(([longitude, latitude]) => {
    previous = longitudeNear(longitude, previous);
    return [previous, latitude];
  });
}

type Side = "IN" | "OUT" | "ON";

function sideOf(ring: Ring, [x, y]: Point): Side {
  let isIn = false;
  for (const [index, end] of ring.entries()) {
    const start = ring[index - 1];
    if (!start) continue;
    if (isOnEdge(start, end, [x, y])) return "ON";
    const crossesLatitude = start[1] > y !== end[1] > y;
    if (crossesLatitude && x < crossingAt(start, end, y)) isIn = !isIn;
  }
  return isIn ? "IN" : "OUT";
}

const crossingAt = ([ax, ay]: Point, [bx, by]: Point, y: number): number =>
  ax + ((bx - ax) * (y - ay)) / (by - ay);

function isOnEdge([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): boolean {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - (ax + nearest * dx), y - (ay + nearest * dy)) <= borderDegrees;
}

/** The bounding box of the outer ring. Holes cannot enlarge it. */
export function boxOf([outer = []]: Part): Box {
  const points = unrolled(outer, outer[0]?.[0] ?? 0);
  const longitudes = points.map(([longitude]) => longitude);
  const latitudes = points.map(([, latitude]) => latitude);
  const west = Math.min(...longitudes);
  const turn = longitudeNear(west, 0) - west;
  return {
    west: west + turn,
    south: Math.min(...latitudes),
    east: Math.max(...longitudes) + turn,
    north: Math.max(...latitudes),
  };
}

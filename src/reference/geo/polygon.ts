/**
 * Does a polygon hold a point? Edges are straight in longitude and latitude, as GeoJSON says, and take
 * the shorter way round the globe, so that a shape may cross the antimeridian. A ring encloses by
 * even-odd: where it crosses itself, what is enclosed twice is outside. A point on a border, of a hole
 * too, belongs to the shape. Whether a shape is well formed is check-shape.ts.
 */
import { longitudeNear, type Position } from "./position";

export type Point = readonly [longitude: number, latitude: number];
/** Closed: the last point is the first again. */
export type Ring = readonly Point[];
/** The outer ring, then its holes. */
export type Part = readonly Ring[];
export type Geometry =
  | { readonly type: "Polygon"; readonly coordinates: Part }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly Part[] };

/** `west` is a longitude; `east` is at least `west`, so beyond 180 where the box crosses the antimeridian. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** A tenth of a millimetre: what lies closer to a border lies on it. */
const borderDegrees = 1e-9;

export const partsOf = (geometry: Geometry): readonly Part[] =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;

/** `boxes` are those of the parts, in their order. */
export function polygonHolds(
  { geometry, boxes }: { readonly geometry: Geometry; readonly boxes: readonly Box[] },
  position: Position,
): boolean {
  return partsOf(geometry).some((part, index) => {
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

/** Without jumps at the antimeridian; the shape's middle is within half a turn of where it begins. */
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

/** Of its outer ring: holes only take away. */
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

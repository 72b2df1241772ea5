/**
 * Is this a valid circle or GeoJSON polygon for a zone? A valid shape is kept as it was written. Self-intersecting
 * rings are allowed; polygon.ts defines what they enclose.
 */
import { invalid, type AppError } from "../../shared/errors";
import { checkAll, checkEach, checkField } from "../../shared/faults";
import type { Circle } from "./circle";
import {
  boxOf,
  polygonsOf,
  unrolled,
  type Box,
  type Geometry,
  type Part,
  type Point,
  type Ring,
} from "./polygon";

const radiusKm = { shortest: 1, longest: 300 };
const pointLimit = 5_000;

export interface Shape {
  readonly geometry: Geometry;
  /** One box per part, in the order of the parts. */
  readonly boxes: readonly Box[];
}

/** Throws INVALID_INPUT with all faults, by the fields of the circle. */
export function checkCircle(value: unknown): Circle {
  const given = fieldsOf(value);
  return checkAll<Circle>({
    longitude: () =>
      degreesIn(given.longitude, 180, "The longitude of a circle is from -180 to 180 degrees."),
    latitude: () => degreesIn(given.latitude, 90, "The latitude of a circle is from -90 to 90 degrees."),
    radiusKm: () => radiusIn(given.radiusKm),
  });
}

function degreesIn(value: unknown, most: number, message: string): number {
  if (isWithin(value, most)) return value;
  throw invalid(message, { reason: "OUT_OF_RANGE" });
}

function radiusIn(value: unknown): number {
  if (typeof value === "number" && value >= radiusKm.shortest && value <= radiusKm.longest) return value;
  throw invalid(
    `radiusKm is from ${radiusKm.shortest} to ${radiusKm.longest}: for more use regions or a polygon.`,
    { reason: "OUT_OF_RANGE" },
  );
}

/** Throws INVALID_INPUT with all faults, by their place in the geometry, such as `coordinates[0][3]`. */
export function checkPolygon(value: unknown): Shape {
  const geometry = geometryOf(value);
  const parts = polygonsOf(geometry);
  const points = parts.flat().reduce((sum, ring) => sum + ring.length, 0);
  if (points > pointLimit) {
    throw invalid(`A polygon takes at most ${pointLimit} points, and this has ${points}: simplify it.`, {
      reason: "TOO_MANY",
    });
  }
  return { geometry, boxes: parts.map(boxOf) };
}

function geometryOf(value: unknown): Geometry {
  const { type, coordinates } = fieldsOf(value);
  const where = "coordinates";
  if (type === "Polygon") return { type, coordinates: checkField(where, () => partIn(coordinates, where)) };
  if (type === "MultiPolygon") {
    const parts = (): Part[] =>
      checkEach(listIn(coordinates, where, "polygons"), (part, index) => partIn(part, `${where}[${index}]`));
    return { type, coordinates: checkField(where, parts) };
  }
  throw invalid(
    'A polygon is a GeoJSON geometry whose type is "Polygon" or "MultiPolygon"; of a Feature give its geometry.',
    { reason: "UNKNOWN_VALUE", field: "type", values: ["Polygon", "MultiPolygon"] },
  );
}

function partIn(value: unknown, where: string): Part {
  return checkEach(listIn(value, where, "rings"), (ring, index) => ringIn(ring, `${where}[${index}]`));
}

function ringIn(value: unknown, where: string): Ring {
  const given = listIn(value, where, "points");
  const points = checkEach(given, (point, index) => pointIn(point, `${where}[${index}]`));
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 4) {
    throw wrong(`${where} has ${points.length} points: a ring has at least 4, the last one the first again.`);
  }
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
    throw wrong(`${where} is not closed: repeat its first point as its last.`);
  }
  checkCourse(points, where);
  return points;
}

function pointIn(value: unknown, where: string): Point {
  const [longitude, latitude] = Array.isArray(value) ? (value as unknown[]) : [];
  if (isWithin(longitude, 180) && isWithin(latitude, 90)) return [longitude, latitude];
  throw wrong(
    `${where} is not a point: write [longitude, latitude] in degrees, from -180 to 180 and from -90 to 90.`,
  );
}

/** Checks that the ring encloses an area and does not go around the globe. */
function checkCourse(ring: Ring, where: string): void {
  if (ring.some(([longitude], index) => Math.abs(longitude - (ring[index - 1]?.[0] ?? longitude)) === 180)) {
    throw wrong(`${where} has an edge over half the globe: add a point in between.`);
  }
  const { west, south, east, north } = boxOf([ring]);
  if (!comesBack(ring) || east - west >= 360) {
    throw wrong(`${where} goes all the way round the globe: a ring is drawn on one side of it.`);
  }
  if (west === east || south === north) {
    throw wrong(
      `${where} encloses nothing: each edge takes the shorter way round the globe, and these lie on one line.`,
    );
  }
}

/** Whether the ring ends at its first point and not a full turn away from it. */
function comesBack(ring: Ring): boolean {
  const course = unrolled(ring, ring[0]?.[0] ?? 0);
  return course[0]?.[0] === course.at(-1)?.[0];
}

function listIn(value: unknown, where: string, of: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value as readonly unknown[];
  throw invalid(`${where} is a list of at least one of its ${of}.`, {
    reason: Array.isArray(value) ? "EMPTY" : "MALFORMED",
  });
}

const wrong = (message: string): AppError => invalid(message, { reason: "MALFORMED" });

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const isWithin = (value: unknown, most: number): value is number =>
  typeof value === "number" && Math.abs(value) <= most;

/**
 * Circles as a list of numbers, to be asked of many at once: which side of a border a point lies on is told by
 * how far it is through the earth, a few multiplications, instead of along the ground. It answers as circleHolds
 * does: where rounding could decide, that one is asked.
 */
import { circleHolds, type Circle } from "./circle";
import { earthRadiusKm, radiansPerDegree, type Position } from "./position";

/** A position as it is asked of many circles. */
export interface Sighted {
  readonly position: Position;
  /** On a globe whose radius is 1. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Longitude, latitude, radius; x, y, z of its middle; and the square of the distance to its border. */
const numbersEach = 7;
/** Wider than any error of rounding: in squares of radii of the earth, a millimetre at 20 km. */
const margin = 1e-12;

export function sighted(position: Position): Sighted {
  const [longitude, latitude] = [position.longitude * radiansPerDegree, position.latitude * radiansPerDegree];
  const across = Math.cos(latitude);
  const [x, y, z] = [Math.cos(longitude) * across, Math.sin(longitude) * across, Math.sin(latitude)];
  return { position, x, y, z };
}

export const flatten = (circles: readonly Circle[]): readonly number[] => circles.flatMap(numbersOf);

function numbersOf(circle: Circle): number[] {
  const { x, y, z } = sighted(circle);
  // Half a turn of the earth holds everything.
  const angle = Math.min(circle.radiusKm / earthRadiusKm / 2, Math.PI / 2);
  const border = 4 * Math.sin(angle) ** 2;
  return [circle.longitude, circle.latitude, circle.radiusKm, x, y, z, border];
}

export const circlesIn = (flat: readonly number[]): Circle[] =>
  Array.from({ length: flat.length / numbersEach }, (_, index) => circleAt(flat, index * numbersEach));

const circleAt = (flat: readonly number[], at: number): Circle => ({
  longitude: flat[at] as number,
  latitude: flat[at + 1] as number,
  radiusKm: flat[at + 2] as number,
});

/** Whether at least one of them holds it. */
export function oneHolds(flat: readonly number[], sight: Sighted): boolean {
  for (let at = 0; at < flat.length; at += numbersEach) {
    const x = (flat[at + 3] as number) - sight.x;
    const y = (flat[at + 4] as number) - sight.y;
    const z = (flat[at + 5] as number) - sight.z;
    const inside = (flat[at + 6] as number) - (x * x + y * y + z * z);
    if (inside > margin) return true;
    if (inside >= -margin && circleHolds(circleAt(flat, at), sight.position)) return true;
  }
  return false;
}

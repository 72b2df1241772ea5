/**
 * A compact form of circles for indexes that store and test many of them: three numbers per circle, and points on a
 * sphere of radius 1. Comparing chord lengths there takes a few multiplications instead of trigonometry.
 */
import type { Circle } from "./circle";
import { earthRadiusKm, radiansPerDegree, type Position } from "./position";

export interface GlobePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const numbersEach = 3;

export const flatten = (circles: readonly Circle[]): readonly number[] =>
  circles.flatMap(({ longitude, latitude, radiusKm }) => [longitude, latitude, radiusKm]);

export const circlesIn = (flat: readonly number[]): Circle[] =>
  Array.from({ length: flat.length / numbersEach }, (_, index) => ({
    longitude: flat[index * numbersEach] as number,
    latitude: flat[index * numbersEach + 1] as number,
    radiusKm: flat[index * numbersEach + 2] as number,
  }));

export function onGlobe(position: Position): GlobePoint {
  const [longitude, latitude] = [position.longitude * radiansPerDegree, position.latitude * radiansPerDegree];
  const across = Math.cos(latitude);
  return { x: Math.cos(longitude) * across, y: Math.sin(longitude) * across, z: Math.sin(latitude) };
}

/** The square of the chord from a circle's centre to its border. A radius of half a turn covers the whole globe. */
export const squareOfReach = ({ radiusKm }: Circle): number =>
  4 * Math.sin(Math.min(radiusKm / earthRadiusKm / 2, Math.PI / 2)) ** 2;

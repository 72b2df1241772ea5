/** Does a circle contain a point, and what is its bounding box? The border belongs to the circle. */
import type { Box } from "./polygon";
import { distanceKm, earthRadiusKm, radiansPerDegree, type Position } from "./position";

export interface Circle extends Position {
  readonly radiusKm: number;
}

export const circleHolds = (circle: Circle, position: Position): boolean =>
  distanceKm(circle, position) <= circle.radiusKm;

export function boxAround({ longitude, latitude, radiusKm }: Circle): Box {
  const angle = radiusKm / earthRadiusKm;
  const south = latitude - angle / radiansPerDegree;
  const north = latitude + angle / radiansPerDegree;
  // A circle around a pole crosses every meridian.
  if (south <= -90 || north >= 90) {
    return { west: -180, south: Math.max(south, -90), east: 180, north: Math.min(north, 90) };
  }
  const across = Math.asin(Math.sin(angle) / Math.cos(latitude * radiansPerDegree)) / radiansPerDegree;
  return { west: longitude - across, south, east: longitude + across, north };
}

/**
 * Which campaigns are stored next to each other? Those that are usually queried together: campaigns of the
 * same département, or the many that cover wide areas. This affects the speed of answers only, never the
 * answers.
 */
import { circlesIn } from "../../../reference/geo";
import type { IndexedZones } from "./indexed-campaign";

const many = 16;

export function localityOf({ codes, circles, polygons }: IndexedZones): string {
  const [first] = codes;
  if (codes.length > many || codes.some(isWide)) return "wide";
  if (first !== undefined) return departementIn(first);
  const { longitude, latitude } = circlesIn(circles)[0] ?? middleOf(polygons[0]?.boxes[0]);
  return `${Math.round(longitude)},${Math.round(latitude)}`;
}

const isWide = (code: string): boolean => code.startsWith("country:") || code.startsWith("region:");

function departementIn(code: string): string {
  const text = code.slice(code.indexOf(":") + 1);
  return text.startsWith("97") || text.startsWith("98") ? text.slice(0, 3) : text.slice(0, 2);
}

const middleOf = (box = { west: 0, south: 0, east: 0, north: 0 }) => ({
  longitude: (box.west + box.east) / 2,
  latitude: (box.south + box.north) / 2,
});

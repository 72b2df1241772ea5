/**
 * Does a circle, a polygon or a position lie in France? One that does not is a mistake, most often longitude and
 * latitude in the wrong order: a zone there finds nobody, and an exclusion excludes nobody. The borders are drawn
 * generously, about half a degree around the communes; zones.ts decides who is inside a shape.
 */
import { invalid, type AppError } from "../../shared/errors";
import { boxAround, type Circle } from "./circle";
import type { Shape } from "./check-shape";
import { polygonsOf, type Box } from "./polygon";
import { longitudeNear, type Position } from "./position";

type Row = readonly [south: number, west: number, east: number];
type Corners = readonly [west: number, south: number, east: number, north: number];

/** Half a degree high each: the half-degree cells with a commune of mainland France or Corsica, and those beside them. */
const mainland: readonly Row[] = [
  [40.5, 8.5, 10],
  [41, 8, 10],
  [41.5, 1, 4],
  [41.5, 8, 10.5],
  [42, -1.5, 4],
  [42, 8, 10.5],
  [42.5, -2.5, 7.5],
  [42.5, 8, 10.5],
  [43, -2.5, 10],
  [43.5, -2.5, 8.5],
  [44, -2, 8.5],
  [44.5, -2, 8.5],
  [45, -2, 8],
  [45.5, -2.5, 8],
  [46, -3, 7.5],
  [46.5, -4, 8],
  [47, -5, 8.5],
  [47.5, -6, 8.5],
  [48, -6, 9],
  [48.5, -6, 9],
  [49, -5.5, 9],
  [49.5, -2.5, 8.5],
  [50, -2.5, 7],
  [50.5, 0.5, 5.5],
  [51, 1, 4],
];
const rowHeight = 0.5;

const box = ([west, south, east, north]: Corners): Box => ({ west, south, east, north });

const overseas: readonly Corners[] = [
  [-63.5, 15.3, -60.5, 18.5], // Guadeloupe, Saint-Martin, Saint-Barthélemy
  [-61.6, 14, -60.5, 15.3], // Martinique
  [-55, 1.8, -51, 6.3], // Guyane
  [55, -21.7, 56.1, -20.6], // La Réunion
  [44.7, -13.3, 45.6, -12.3], // Mayotte
  [-57, 46.4, -55.8, 47.5], // Saint-Pierre-et-Miquelon
  [-179, -15, -175.5, -12.5], // Wallis-et-Futuna
  [-155.5, -28.5, -134, -7], // Polynésie française
  [163, -23.5, 169, -18.5], // Nouvelle-Calédonie
];

const france: readonly Box[] = [
  ...mainland.map(([south, west, east]) => box([west, south, east, south + rowHeight])),
  ...overseas.map(box),
];

const meetsFrance = (given: Box): boolean => france.some((cell) => overlaps(cell, given));

function overlaps(cell: Box, given: Box): boolean {
  if (cell.south > given.north || cell.north < given.south) return false;
  const middle = (given.west + given.east) / 2;
  const turn = longitudeNear((cell.west + cell.east) / 2, middle) - (cell.west + cell.east) / 2;
  return cell.west + turn <= given.east && cell.east + turn >= given.west;
}

const swapped = ({ west, south, east, north }: Box): Box => box([south, west, north, east]);
const swappedMeets = (given: Box): boolean => meetsFrance(swapped(given));
const boxAt = ({ longitude, latitude }: Position): Box => box([longitude, latitude, longitude, latitude]);

export const isInFrance = (position: Position): boolean => meetsFrance(boxAt(position));

/** Throws INVALID_INPUT for a circle that no place in France can lie in. */
export function checkCircleMeetsFrance(circle: Circle): Circle {
  if (meetsFrance(boxAround(circle))) return circle;
  throw outside("This circle", swappedMeets(boxAt(circle)));
}

/**
 * Throws INVALID_INPUT for a polygon that no place in France can lie in, and for a part that would lie in France only
 * if its coordinates were swapped.
 */
export function checkPolygonMeetsFrance(shape: Shape): Shape {
  const { boxes } = shape;
  const away = boxes.flatMap((one, index) => (meetsFrance(one) ? [] : [{ one, index }]));
  const mistaken = away.find(({ one }) => swappedMeets(one));
  if (!mistaken && away.length < boxes.length) return shape;
  const isOneOfSeveral = polygonsOf(shape.geometry).length > 1 && mistaken !== undefined;
  throw outside(
    isOneOfSeveral ? `Part ${String(mistaken.index + 1)} of this polygon` : "This polygon",
    mistaken !== undefined,
  );
}

/** Throws INVALID_INPUT for a position outside France. */
export function checkIsInFrance(position: Position, what = "This position"): Position {
  if (isInFrance(position)) return position;
  throw outside(what, swappedMeets(boxAt(position)), "longitude");
}

function outside(what: string, isSwapped: boolean, field: string | null = null): AppError {
  const hint = isSwapped
    ? "longitude and latitude seem to be swapped, because the other way round it lies in France. Longitude comes first."
    : "check its coordinates. Longitude comes first, in degrees.";
  const details = { reason: "OUT_OF_RANGE", ...(field !== null && { field }) };
  return invalid(`${what} lies outside France, where no request comes from: ${hint}`, details);
}

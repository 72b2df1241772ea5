/**
 * Where on the ground is a place, and how exactly is that known? A postcode's mean point is never
 * used: it lies kilometres from its communes. The exact position is the person's, so it is kept apart
 * from the place and only put back (`placeAt`) to decide, and then coarsely.
 */
import { invalid } from "../../shared/errors";
import type { Place } from "./place";
import { distanceKm, isPosition, type Position } from "./position";

export interface PositionInput {
  readonly longitude?: number | null;
  readonly latitude?: number | null;
}

export interface Located {
  /** With its commune's centroid at most. */
  readonly place: Place;
  /** The person's own. */
  readonly position: Position | null;
}

const farthestKm = 60;
/** Guyane's communes are as large as départements, and Polynesia's are islands far apart. */
const farthestByDepartementKm: Readonly<Record<string, number>> = { "973": 250, "987": 250 };

export function locate(place: Place, given: PositionInput, centroid: Position | null): Located {
  const position = positionIn(given);
  if (position && centroid && !isNear(place, position, centroid)) {
    throw invalid(
      `longitude and latitude lie far from ${place.commune}: give those of the need, longitude first, or leave both out.`,
    );
  }
  return { place: { ...place, position: centroid, precision: centroid ? "COMMUNE" : "NONE" }, position };
}

/** The place as exactly as zones may know it. */
export const placeAt = (place: Place, position: Position | null): Place =>
  position ? { ...place, position: coarse(position), precision: "ADDRESS" } : place;

/**
 * To a hundredth of a degree: about 1.1 km from south to north and 0.8 km from west to east. By its shapes,
 * small or many, a supplier then learns no more of where a person lives than that; the street is withheld.
 */
const coarse = ({ longitude, latitude }: Position): Position => ({
  longitude: hundredth(longitude),
  latitude: hundredth(latitude),
});

// A negative zero would not survive JSON.
const hundredth = (degrees: number): number => Math.round(degrees * 100) / 100 || 0;

/** Whether somebody in this commune can be there. */
export const isNear = (place: Place, position: Position, centroid: Position): boolean =>
  distanceKm(position, centroid) <= (farthestByDepartementKm[place.departement] ?? farthestKm);

function positionIn({ longitude, latitude }: PositionInput): Position | null {
  if (longitude == null && latitude == null) return null;
  if (longitude == null || latitude == null) {
    throw invalid("longitude and latitude go together: give both, or none.");
  }
  const position = { longitude, latitude };
  if (isPosition(position)) return position;
  throw invalid("longitude is from -180 to 180 and latitude from -90 to 90 degrees.");
}

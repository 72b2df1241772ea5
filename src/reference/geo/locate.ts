/**
 * What are the coordinates of a place, and how precise are they? The mean point of a postcode is never used, because it
 * is kilometres away from its communes. The exact position is personal data, so it is kept separate from the place.
 * `placeAt` adds it, rounded, for a decision only.
 */
import { invalid } from "../../shared/errors";
import { checkTogether } from "../../shared/faults";
import { checkIsInFrance } from "./france";
import type { Place } from "./place";
import type { PlaceInput } from "./place-of";
import { distanceKm, isPosition, type Position } from "./position";

export interface PositionInput {
  readonly longitude?: number | null;
  readonly latitude?: number | null;
}

export interface Located {
  /** The place, with no more than the commune's centroid as position. */
  readonly place: Place;
  /** The person's own position. */
  readonly position: Position | null;
}

const farthestKm = 60;
/** Communes in Guyane are as large as départements, and those in Polynesia are islands far apart. */
const farthestByDepartementKm: Readonly<Record<string, number>> = { "973": 250, "987": 250 };

export function locate(place: Place, given: PositionInput, centroid: Position | null): Located {
  const position = positionIn(given);
  if (position && centroid && !isNear(place, position, centroid)) {
    throw invalid(
      `longitude and latitude lie far from ${place.commune}: give those of the need, longitude first, or leave both out.`,
      { reason: "OUT_OF_RANGE", field: "longitude" },
    );
  }
  return { place: { ...place, position: centroid, precision: centroid ? "COMMUNE" : "NONE" }, position };
}

/** Where places and their centroids are found. */
export interface Places {
  readonly placeOf: (input: PlaceInput) => Place;
  readonly centroidOf: (place: Place) => Position | null;
}

/** Throws INVALID_INPUT with all faults of the commune and of the position. */
export function locateInput(input: PlaceInput & PositionInput, { placeOf, centroidOf }: Places): Located {
  checkTogether(
    () => {
      placeOf(input);
    },
    () => {
      positionIn(input);
    },
  );
  const place = placeOf(input);
  return locate(place, input, centroidOf(place));
}

/** The place with the precision that zones may use. */
export const placeAt = (place: Place, position: Position | null): Place =>
  position ? { ...place, position: coarse(position), precision: "ADDRESS" } : place;

/**
 * Rounds to a hundredth of a degree: about 1.1 km north to south and 0.8 km east to west. A supplier therefore cannot
 * use small or numerous shapes to locate a person's home more precisely than that; the street is withheld.
 */
const coarse = ({ longitude, latitude }: Position): Position => ({
  longitude: hundredth(longitude),
  latitude: hundredth(latitude),
});

// JSON does not keep a negative zero.
const hundredth = (degrees: number): number => Math.round(degrees * 100) / 100 || 0;

/** Whether the position is plausible for this commune. */
export const isNear = (place: Place, position: Position, centroid: Position): boolean =>
  distanceKm(position, centroid) <= (farthestByDepartementKm[place.departement] ?? farthestKm);

function positionIn({ longitude, latitude }: PositionInput): Position | null {
  if (longitude == null && latitude == null) return null;
  if (longitude == null || latitude == null) {
    throw invalid("longitude and latitude go together: give both, or none.", {
      reason: "REQUIRED",
      field: longitude == null ? "longitude" : "latitude",
    });
  }
  const position = { longitude, latitude };
  if (isPosition(position)) return checkIsInFrance(position);
  throw invalid("longitude is from -180 to 180 and latitude from -90 to 90 degrees.", {
    reason: "OUT_OF_RANGE",
    field: Math.abs(longitude) <= 180 ? "latitude" : "longitude",
  });
}

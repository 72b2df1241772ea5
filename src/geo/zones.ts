/**
 * Which zones hold a place? A zone is named by a code that says its kind ("departement:69"), so that
 * zones and places can be compared, indexed and stored as plain text. Whether a code exists is
 * gazetteer.ts; shapes on a map are not zones of this kind.
 */
import { type Place } from "./place";

export type ZoneKind = "country" | "region" | "departement" | "commune" | "postcode";
export interface ZoneName {
  readonly kind: ZoneKind;
  readonly code: string;
}

/** The zone as text. Région 84, département 84 and so on stay apart because the kind stands in it. */
export const codeOf = (zone: ZoneName): string => `${zone.kind}:${zone.code}`;

/** Every zone that holds this place, from the widest to the narrowest. */
export function zoneCodesOf(place: Place): string[] {
  return [
    `country:${place.country}`,
    ...(place.region === null ? [] : [`region:${place.region}`]),
    `departement:${place.departement}`,
    `commune:${place.inseeCode}`,
    `postcode:${place.postcode}`,
  ];
}

/** Whether at least one of the zones holds the place. No zone covers nothing. */
export function covers(zones: readonly ZoneName[], place: Place): boolean {
  const codes = zoneCodesOf(place);
  return zones.some((zone) => codes.includes(codeOf(zone)));
}

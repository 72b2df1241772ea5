export type * from "./place";
export type { Commune, PlaceInput } from "./gazetteer";
export { communeByCode, communesOf, isKnownZone, resolvePlace } from "./communes.adapter";
export { departementTimeZone } from "./departements";
export { codeOf, covers, zoneCodesOf } from "./zones";

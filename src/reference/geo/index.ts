export type * from "./place";
export type * from "./position";
export type * from "./zones";
export type { GlobePoint } from "./flat-circles";
export type { AddressBase } from "./address-base.adapter";
export type { Centroids } from "./centroids.service";
export type { Address } from "./commune-of";
export type { Commune } from "./gazetteer";
export type { PlaceInput } from "./place-of";
export type { Located, PositionInput } from "./locate";
export {
  communeByCode,
  communesOf,
  everyPlace,
  placeOfAddress,
  resolvePlace,
  zoneOfToday,
} from "./communes.adapter";
export { departementsReached } from "./departements-reached";
export { checkCircle, checkPolygon } from "./check-shape";
export { checkCircleMeetsFrance, checkPolygonMeetsFrance } from "./france";
export { departementTimeZone } from "./departements";
export { circlesIn, flatten, onGlobe, squareOfReach } from "./flat-circles";
export { locateInput, placeAt } from "./locate";
export { distanceKm } from "./position";
export {
  asksPosition,
  cellsAround,
  zoneCodeOf,
  codesFinding,
  codesToFind,
  covers,
  isShape,
  zoneHolding,
  zoneText,
} from "./zones";

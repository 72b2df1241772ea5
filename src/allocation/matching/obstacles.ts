/**
 * Everything in a campaign's terms that speaks against a need; `refusalByTerms` (match.ts) stops at the
 * first. Used for explanations: to the person and to staff, who may see what the person answered, and to
 * suppliers, who may not. Tests make sure that it agrees with `refusalByTerms` and with the index.
 */
import { goesByTheDay, meets, statusAt, type Criterion } from "../../offers/campaigns";
import type { AnswerValue } from "../../reference/catalogue";
import { asksPosition, covers, distanceKm, zoneHolding, zoneText, type Zone } from "../../reference/geo";
import { dateIn, windowOf } from "../../shared/calendar";
import { type Candidate, type Refusal } from "./facts";
import { type Need } from "./match";

export interface Obstacle extends Refusal {
  /** The index of the criterion in the terms. */
  readonly criterion?: number;
  /** What would have changed the result. Reveals answers of the person, so it is never shown to a supplier. */
  readonly gap?: Gap;
}

export type Gap =
  /** "12 km instead of 8": the distance to the centre of the circle that is missed by least. */
  | { readonly kind: "DISTANCE"; readonly km: number; readonly withinKm: number }
  /** "Lyon (69123) instead of …": for campaigns without circles. Names the first few zones. */
  | { readonly kind: "PLACE"; readonly place: string; readonly zones: readonly string[] }
  /** The excluded zone that contains the place. */
  | { readonly kind: "ZONE"; readonly zone: string }
  /** What was asked and what was answered; null if there was no answer. */
  | { readonly kind: "ANSWER"; readonly asked: Criterion; readonly answered: AnswerValue | null };

/**
 * In the order of the checks in `refusalByTerms`, so the first obstacle is its result. Empty if the terms
 * accept the need.
 */
export function obstaclesByTerms(need: Need, candidate: Candidate, at: Date): Obstacle[] {
  return [
    ...byProduct(need, candidate),
    ...byStanding(candidate, at),
    ...byPlace(need, candidate.terms),
    ...byCriteria(need, candidate.terms, at),
  ];
}

const byProduct = (need: Need, { terms }: Candidate): Obstacle[] =>
  terms.product === need.product ? [] : [{ reason: "OTHER_PRODUCT" }];

function byStanding(candidate: Candidate, at: Date): Obstacle[] {
  const { status, pausedUntil } = statusAt(candidate, at);
  if (status === "ACTIVE") return [];
  return [{ reason: "CAMPAIGN_NOT_ACTIVE", ...(pausedUntil && { liftsAt: pausedUntil }) }];
}

function byPlace({ place }: Need, { zones, excludedZones }: Candidate["terms"]): Obstacle[] {
  const excluding = zoneHolding(excludedZones, place);
  const excluded: Obstacle[] = excluding
    ? [{ reason: "IN_EXCLUDED_ZONE", gap: { kind: "ZONE", zone: zoneText(excluding) } }]
    : [];
  if (!covers(zones, place)) {
    if (asksPosition(zones, place)) return [...excluded, { reason: "PLACE_NOT_PRECISE" }];
    const gap = distanceTo(zones, place.position) ?? elsewhere(zones, place);
    return [...excluded, { reason: "OUTSIDE_ZONES", gap }];
  }
  const isUnknown = !excluding && asksPosition(excludedZones, place);
  return isUnknown ? [{ reason: "PLACE_NOT_PRECISE" }] : excluded;
}

const zonesNamed = 5;

const elsewhere = (zones: readonly Zone[], { commune, inseeCode }: Need["place"]): Gap => ({
  kind: "PLACE",
  place: `${commune} (${inseeCode})`,
  zones: zones.slice(0, zonesNamed).map(zoneText),
});

/** Returns null if there is no circle, or the position is not known. */
function distanceTo(zones: readonly Zone[], position: Need["place"]["position"]): Gap | null {
  if (!position) return null;
  const missed = zones.flatMap((zone) => {
    if (zone.kind !== "circle") return [];
    const km = distanceKm(zone, position);
    return [{ km, withinKm: zone.radiusKm, by: km - zone.radiusKm }];
  });
  const [nearest] = missed.toSorted((one, other) => one.by - other.by);
  return nearest ? { kind: "DISTANCE", km: tenths(nearest.km), withinKm: nearest.withinKm } : null;
}

// Rounded up: a place outside the circle must not be shown as on its border.
const tenths = (km: number): number => Math.ceil(km * 10) / 10;

function byCriteria(need: Need, { criteria, timeZone }: Candidate["terms"], at: Date): Obstacle[] {
  const today = criteria.some(goesByTheDay) ? dateIn(timeZone, at) : "";
  return criteria.flatMap((criterion, index) => {
    if (meets(criterion, need, today)) return [];
    const { field } = criterion;
    const answered = Object.hasOwn(need.answers, field) ? (need.answers[field] ?? null) : null;
    return [
      {
        reason: "CRITERION_NOT_MET" as const,
        field,
        criterion: index,
        gap: { kind: "ANSWER" as const, asked: criterion, answered },
        ...(goesByTheDay(criterion) && { liftsAt: windowOf("DAY", timeZone, at).end }),
      },
    ];
  });
}

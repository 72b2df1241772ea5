/**
 * Everything that stands between a need and a campaign by its terms, where `refusalByTerms` stops at the first.
 * For whoever explains: the person and staff, who may see what the person said, and a supplier, who may not.
 * It says the same as `refusalByTerms` and as the index, which tests hold against each other.
 */
import { goesByTheDay, meets, standingAt, type Criterion } from "../../offers/campaigns";
import type { AnswerValue } from "../../reference/catalogue";
import { asksPosition, covers, distanceKm, zoneHolding, zoneText, type Zone } from "../../reference/geo";
import { dateIn, windowOf } from "../../shared/calendar";
import { type Candidate, type Refusal } from "./facts";
import { type Need } from "./match";

export interface Obstacle extends Refusal {
  /** Which of the terms' criteria, counted from 0. */
  readonly criterion?: number;
  /** What would have changed it. It tells of the person: never for a supplier. */
  readonly gap?: Gap;
}

export type Gap =
  /** "12 km instead of 8": to the middle of the circle that is missed by least. */
  | { readonly kind: "DISTANCE"; readonly km: number; readonly withinKm: number }
  /** "Lyon (69123) instead of …": where no circle is asked for. The first few of the zones. */
  | { readonly kind: "PLACE"; readonly place: string; readonly zones: readonly string[] }
  /** The excluded zone that holds the place. */
  | { readonly kind: "ZONE"; readonly zone: string }
  /** What was asked, and what was answered; null if nothing was. */
  | { readonly kind: "ANSWER"; readonly asked: Criterion; readonly answered: AnswerValue | null };

/** In the order in which `refusalByTerms` asks, so the first one is its answer; empty if nothing stands against it. */
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
  const { status, pausedUntil } = standingAt(candidate, at);
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

/** Null if no circle is asked for, or nobody knows where the place is. */
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

// Upwards: what lies outside must not be said to lie on the border.
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

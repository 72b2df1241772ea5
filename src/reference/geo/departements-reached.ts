/**
 * Which départements do these zones reach? A shape reaches those whose commune centroids it contains.
 * If it contains no known centroid, every département counts as reached, because the shape could be anywhere.
 */
import { type Place } from "./place";
import { codesFinding, codesToFind, covers, isShape, type Zone } from "./zones";

export function departementsReached(
  { zones, excludedZones }: { readonly zones: readonly Zone[]; readonly excludedZones: readonly Zone[] },
  places: Iterable<Place>,
): ReadonlySet<string> {
  const [wanted, excluded] = [byCode(zones), byCode(excludedZones)];
  const [reached, all, unseen] = [new Set<string>(), new Set<string>(), new Set<Zone>(zones.filter(isShape))];
  for (const place of places) {
    all.add(place.departement);
    const holding = holdingOf(wanted, place);
    for (const zone of holding) unseen.delete(zone);
    if (holding.length > 0 && holdingOf(excluded, place).length === 0) reached.add(place.departement);
  }
  return unseen.size > 0 ? all : reached;
}

type Index = ReadonlyMap<string, readonly Zone[]>;

function byCode(zones: readonly Zone[]): Index {
  const index = new Map<string, Zone[]>();
  for (const zone of zones) {
    for (const code of codesToFind([zone])) index.set(code, [...(index.get(code) ?? []), zone]);
  }
  return index;
}

function holdingOf(index: Index, place: Place): Zone[] {
  if (index.size === 0) return [];
  const near = codesFinding(place).flatMap((code) => index.get(code) ?? []);
  return near.filter((zone) => covers([zone], place));
}

import { communeByCode, everyPlace, resolvePlace } from "./communes.adapter";
import { departementsReached } from "./departements-reached";
import type { Place } from "./place";
import type { Zone } from "./zones";

const places = [...everyPlace()];
/** Only these communes have a known centroid. */
const centres: Readonly<Record<string, { longitude: number; latitude: number }>> = {
  "69266": { longitude: 4.88, latitude: 45.77 },
  "01043": { longitude: 4.95, latitude: 45.82 },
};
function* located(): Generator<Place> {
  for (const place of places) yield { ...place, position: centres[place.inseeCode] ?? null };
}
const reached = (zones: readonly Zone[], excludedZones: readonly Zone[] = []) =>
  [...departementsReached({ zones, excludedZones }, located())].sort();

describe("the départements that zones reach", () => {
  it("are the départements of the administrative zones", () => {
    expect(reached([{ kind: "departement", code: "48" }])).toEqual(["48"]);
    expect(reached([{ kind: "commune", code: "69383" }])).toEqual(["69"]);
    // Two départements share this postcode.
    expect(reached([{ kind: "postcode", code: "06260" }]).length).toBeGreaterThan(1);
    expect(reached([{ kind: "region", code: "94" }])).toEqual(["2A", "2B"]);
    expect(reached([{ kind: "country", code: "FR" }])).toHaveLength(101);
  });

  it("do not include a département that is excluded entirely", () => {
    const corsica: Zone = { kind: "region", code: "94" };
    expect(reached([corsica], [{ kind: "departement", code: "2A" }])).toEqual(["2B"]);
    expect(reached([corsica], [corsica])).toEqual([]);
  });

  it("are determined for a shape by the commune centroids it contains", () => {
    const circle = { kind: "circle" as const, longitude: 4.9, latitude: 45.8, radiusKm: 20 };
    expect(reached([circle])).toEqual(["01", "69"]);
    expect(reached([{ ...circle, radiusKm: 1 }]).length).toBeGreaterThan(100);
  });

  it("are searched among all communes with a postcode", () => {
    expect(new Set(places.map(({ inseeCode }) => communeByCode(inseeCode)?.inseeCode)).size).toBeGreaterThan(
      34_000,
    );
    expect(places).toContainEqual(resolvePlace({ postcode: "69003" }));
  });
});

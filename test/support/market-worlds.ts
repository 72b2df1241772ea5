/**
 * Generators of markets and needs for property tests. There are few of everything, so that campaigns and needs often
 * match or differ in one thing only. Points lie on the borders of zones, answers on the bounds of criteria.
 */
import fc from "fast-check";
import type { CampaignTerms, Criterion } from "../../src/offers/campaigns";
import type { AnswerValue } from "../../src/reference/catalogue";
import { checkPolygon, type Place, type Position, type Zone } from "../../src/reference/geo";
import type { Candidate, Need } from "../../src/allocation/matching";

export const at = new Date("2026-06-17T10:00:00Z");
const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

/** Only a few, so that campaigns and needs often match or differ in one thing only. */
export const communes: readonly Omit<Place, "position" | "precision">[] = [
  place("69123", "69003", "69", "84", "FR", "69383"),
  place("69123", "69008", "69", "84", "FR", "69388"),
  place("69266", "69100", "69", "84", "FR"),
  place("13055", "13001", "13", "93", "FR", "13201"),
  place("01004", "01500", "01", "84", "FR"),
  place("97411", "97400", "974", "04", "FR"),
  place("98735", "98735", "987", null, "PF"),
  place("98613", "98600", "986", null, "WF"),
];
const positions: readonly Position[] = [
  { longitude: 4.85, latitude: 45.75 },
  { longitude: 4.5, latitude: 45.5 },
  { longitude: 5, latitude: 46 },
  { longitude: 55.45, latitude: -20.88 },
  { longitude: 179.9, latitude: -14 },
  { longitude: -179.9, latitude: -14 },
  { longitude: 180, latitude: -14 },
];
function place(
  ...[inseeCode, postcode, departement, region, country, arrondissement = null]: [
    string,
    string,
    string,
    string | null,
    string,
    (string | null)?,
  ]
) {
  return { inseeCode, postcode, commune: "Lieu", departement, region, country, arrondissement };
}
const near = fc
  .tuple(
    fc.constantFrom(...positions),
    fc.constantFrom(0, 0, 0.05, -0.05, 0.5),
    fc.constantFrom(0, 0, 0.05, -0.5),
  )
  .map(([{ longitude, latitude }, dx, dy]): Position => {
    const east = longitude + dx;
    return { longitude: east > 180 ? east - 360 : east, latitude: latitude + dy };
  });
export const placeArbitrary: fc.Arbitrary<Place> = fc
  .tuple(
    fc.constantFrom(...communes),
    fc.option(near),
    fc.constantFrom("ADDRESS" as const, "COMMUNE" as const),
  )
  .map(([commune, position, precision]) => ({
    ...commune,
    position,
    precision: position ? precision : "NONE",
  }));

const names = communes.flatMap(
  ({ inseeCode, postcode, departement, region, country, arrondissement }): Zone[] => [
    { kind: "commune", code: inseeCode },
    { kind: "postcode", code: postcode },
    { kind: "departement", code: departement },
    { kind: "country", code: country },
    ...(region === null ? [] : [{ kind: "region" as const, code: region }]),
    ...(arrondissement === null ? [] : [{ kind: "commune" as const, code: arrondissement }]),
  ],
);
const square = (x: number, y: number, half: number): [number, number][] => {
  const west = x - half < -180 ? x - half + 360 : x - half;
  const east = x + half > 180 ? x + half - 360 : x + half;
  return [
    [west, y - half],
    [east, y - half],
    [east, y + half],
    [west, y + half],
    [west, y - half],
  ];
};
const shape: fc.Arbitrary<Zone> = fc.oneof(
  // 5.5598 km is the distance between neighbouring positions, so a position lies on the border itself.
  fc
    .tuple(near, fc.constantFrom(1, 5.559_754_6, 20, 60, 300))
    .map(([middle, radiusKm]): Zone => ({ kind: "circle", ...middle, radiusKm })),
  fc
    .tuple(fc.constantFrom(...positions), fc.constantFrom(0.05, 0.5, 1, 30), fc.boolean())
    .map(([{ longitude, latitude }, half, hasHole]): Zone => {
      const rings = [
        square(longitude, latitude, half),
        ...(hasHole ? [square(longitude, latitude, half / 2)] : []),
      ];
      return { kind: "polygon", ...checkPolygon({ type: "Polygon", coordinates: rings }) };
    }),
);
const zone = fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 4 }, { arbitrary: shape, weight: 1 });

const texts = ["A", "B", "C", "2026-06-17", "2026-09-15", "[x", '["A","B"]'];
const numbers = [0, 1, 9_999, 10_000, 10_001, 20_000, -5, 0.5];
/** Any type for any field, because a campaign may use another version of the form than the need. */
export const answer: fc.Arbitrary<AnswerValue> = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom(...numbers),
  fc.integer({ min: 0, max: 20_000 }),
  fc.boolean(),
  fc.uniqueArray(fc.constantFrom(...texts), { maxLength: 3 }),
);
const fields = ["choice", "several", "number", "flag", "day", "text", "constructor"];
const listed = fc.uniqueArray(fc.oneof(fc.constantFrom(...texts, ...numbers), fc.boolean()), {
  minLength: 1,
  maxLength: 4,
});
const options = fc.uniqueArray(fc.constantFrom("A", "B", "C", "[x", true, false), {
  minLength: 1,
  maxLength: 3,
});
export const bound = fc.oneof(
  fc.constantFrom(...numbers),
  fc.integer({ min: 0, max: 20_000 }),
  fc.constantFrom("2026-06-17", "2026-09-15", "2025-01-01", "9999-12-31", "0001-01-01", "today+90d", "A"),
);
export const day = fc.constantFrom("2026-06-16", "2026-06-17", "2026-06-18", "2026-09-15");
export const tests: fc.Arbitrary<Omit<Criterion, "field">> = fc.oneof(
  fc.record({ oneOf: options }),
  fc.record({ noneOf: options }),
  fc.record({ oneOf: options, noneOf: options }),
  fc.record({ min: fc.constantFrom(...numbers), max: fc.constantFrom(...numbers) }, { requiredKeys: [] }),
  fc.record({ min: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({ min: day, max: day }, { requiredKeys: [] }),
  fc.record({ isSet: fc.boolean() }),
  fc.record(
    { oneOf: listed, noneOf: listed, min: bound, max: bound, isSet: fc.boolean() },
    { requiredKeys: [] },
  ),
);
const criteria = fc.array(
  fc.tuple(fc.constantFrom(...fields), tests).map(([field, test]): Criterion => ({ field, ...test })),
  { maxLength: 3 },
);

/** Many ranges on one field, so that its line of values is divided. */
export const range = fc.record(
  {
    min: fc.oneof(fc.constantFrom(...numbers), fc.integer({ min: 0, max: 20_000 })),
    max: fc.oneof(fc.constantFrom(...numbers), fc.integer({ min: 0, max: 20_000 })),
  },
  { requiredKeys: [] },
);

const termsArbitrary = fc
  .record({
    product: fc.constantFrom("CAR", "CAR", "CAR", "LEASE"),
    zones: fc.array(zone, { minLength: 1, maxLength: 3 }),
    excludedZones: fc.oneof(fc.constant([]), fc.constant([]), fc.array(zone, { maxLength: 2 })),
    criteria: fc.oneof(
      fc.constant([]),
      criteria,
      range.map((test) => [{ field: "number", ...test }]),
    ),
    pricePerLeadCents: fc.constantFrom(2_000, 3_000, 4_500),
  })
  .map((drawn): CampaignTerms => ({ ...plain, ...drawn }));
export const plain = {
  name: "Anything",
  formVersion: 1,
  site: null,
  caps: [],
  timeZone: "Europe/Paris",
  schedule: [],
  maxSeats: null,
  maxAgeHours: 24,
};
export const standing: fc.Arbitrary<Pick<Candidate, "status" | "pausedUntil">> = fc.constantFrom<
  Pick<Candidate, "status" | "pausedUntil">
>(
  ...Array.from({ length: 6 }, () => ({ status: "ACTIVE" as const, pausedUntil: null })),
  ...[null, later(-1), at, later(1)].map((pausedUntil) => ({ status: "PAUSED" as const, pausedUntil })),
  { status: "ARCHIVED", pausedUntil: null },
);
export const draft = fc
  .tuple(fc.constantFrom("s1", "s2", "s3", "s4"), fc.integer({ min: 1, max: 3 }), standing, termsArbitrary)
  .map(([supplierId, version, now, terms]) => ({ supplierId, version, ...now, terms }));
/** Large worlds contain bit sets and divided ranges, which the small worlds of fast-check would not reach. */
export const world = (least: number, most: number) =>
  fc
    .array(draft, { minLength: least, maxLength: most, size: "max" })
    .map((drafts) => drafts.map((one, index): Candidate => ({ ...one, campaignId: `c${index}` })));
export const needArbitrary: fc.Arbitrary<Need> = fc.record({
  product: fc.constantFrom("CAR", "CAR", "CAR", "LEASE", "UNKNOWN"),
  answers: fc.dictionary(fc.constantFrom(...fields, "unknown"), answer, { maxKeys: 6 }),
  textsAnswered: fc.subarray(["text", "choice"]),
  place: placeArbitrary,
});
export const needs = fc.array(needArbitrary, { minLength: 1, maxLength: 10, size: "max" });
export const scopes = fc.subarray(["s1", "s2", "s3", "nobody"]).map((ids) => new Set(ids));

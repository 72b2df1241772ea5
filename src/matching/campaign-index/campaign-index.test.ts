/** The index against the meaning of the terms: whatever the worlds, both name the same campaigns. */
import fc from "fast-check";
import type { CampaignTerms, Criterion } from "../../campaigns";
import type { AnswerValue, RankingRule } from "../../catalogue";
import { checkPolygon, type Place, type Position, type Zone } from "../../geo";
import type { Candidate } from "../facts";
import { refusalByTerms, type Need } from "../match";
import { recipientsOf } from "../preview";
import { rankingRules } from "../ranking-rules";
import { bestAmong } from "./best";
import { CampaignIndex } from "./campaign-index";
import type { Standing } from "./filed";

const at = new Date("2026-06-17T10:00:00Z");
const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

/** Few of everything, so that campaigns and needs meet, and differ by one thing only, often. */
const communes: readonly Omit<Place, "position" | "precision">[] = [
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
const placeArbitrary: fc.Arbitrary<Place> = fc
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
  // 5.5598 km is from one of the positions to its neighbour: the border itself.
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
/** Of any type for any field: forms change, and a campaign may be of another version than the need. */
const answer: fc.Arbitrary<AnswerValue> = fc.oneof(
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
const bound = fc.oneof(
  fc.constantFrom(...numbers),
  fc.integer({ min: 0, max: 20_000 }),
  fc.constantFrom("2026-06-17", "2026-09-15", "2025-01-01", "9999-12-31", "0001-01-01", "today+90d", "A"),
);
const day = fc.constantFrom("2026-06-16", "2026-06-17", "2026-06-18", "2026-09-15");
const tests: fc.Arbitrary<Omit<Criterion, "field">> = fc.oneof(
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

/** Many on one field, or the line would never be cut. */
const range = fc.record(
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
const plain = {
  name: "Anything",
  formVersion: 1,
  site: null,
  caps: [],
  timeZone: "Europe/Paris",
  schedule: [],
  maxSeats: null,
  maxAgeHours: 24,
};
const standing: fc.Arbitrary<Standing> = fc.constantFrom<Standing>(
  ...Array.from({ length: 6 }, () => ({ status: "ACTIVE" as const, pausedUntil: null })),
  ...[null, later(-1), at, later(1)].map((pausedUntil) => ({ status: "PAUSED" as const, pausedUntil })),
  { status: "ARCHIVED", pausedUntil: null },
);
const draft = fc
  .tuple(fc.constantFrom("s1", "s2", "s3", "s4"), fc.integer({ min: 1, max: 3 }), standing, termsArbitrary)
  .map(([supplierId, version, now, terms]) => ({ supplierId, version, ...now, terms }));
/** Large ones hold sets that have become bits and ranges that are cut: fast-check alone would keep them small. */
const world = (least: number, most: number) =>
  fc
    .array(draft, { minLength: least, maxLength: most, size: "max" })
    .map((drafts) => drafts.map((one, index): Candidate => ({ ...one, campaignId: `c${index}` })));
const needArbitrary: fc.Arbitrary<Need> = fc.record({
  product: fc.constantFrom("CAR", "CAR", "CAR", "LEASE", "UNKNOWN"),
  answers: fc.dictionary(fc.constantFrom(...fields, "unknown"), answer, { maxKeys: 6 }),
  textsAnswered: fc.subarray(["text", "choice"]),
  place: placeArbitrary,
});
const needs = fc.array(needArbitrary, { minLength: 1, maxLength: 10, size: "max" });
const scopes = fc.subarray(["s1", "s2", "s3", "nobody"]).map((ids) => new Set(ids));

function built(candidates: readonly Candidate[]): CampaignIndex {
  const index = new CampaignIndex();
  for (const candidate of candidates) index.replace(candidate);
  return index;
}
const wantedBy = (candidates: readonly Candidate[], need: Need): string[] =>
  candidates
    .filter((candidate) => refusalByTerms(need, candidate, at) === null)
    .map(({ campaignId }) => campaignId)
    .sort();
const found = (index: CampaignIndex, need: Need, scope?: ReadonlySet<string>): string[] =>
  [...index.matching(need, at, scope).entries()].map(({ campaignId }) => campaignId).sort();

const anywhereInFrance = (campaignId: string, criteria: readonly Criterion[]): Candidate => ({
  campaignId,
  supplierId: "s1",
  version: 1,
  status: "ACTIVE",
  pausedUntil: null,
  terms: { ...plain, product: "CAR", zones: [france], excludedZones: [], criteria, pricePerLeadCents: 2_000 },
});
const france: Zone = { kind: "country", code: "FR" };
const needOf = (answers: Need["answers"], textsAnswered: readonly string[] = []): Need => ({
  product: "CAR",
  answers,
  textsAnswered,
  place: { ...(communes[0] as Place), position: null, precision: "NONE" },
});

describe("the index", () => {
  it("finds whom the terms let take the need, and nobody else", () => {
    let pairs = 0;
    let matches = 0;
    fc.assert(
      fc.property(fc.oneof(world(0, 40), world(150, 300)), needs, scopes, (candidates, asked, scope) => {
        const index = built(candidates);
        for (const need of asked) {
          const expected = wantedBy(candidates, need);
          expect(found(index, need)).toEqual(expected);
          const named = candidates.filter(({ supplierId }) => scope.has(supplierId));
          expect(found(index, need, scope)).toEqual(wantedBy(named, need));
          pairs += candidates.length;
          matches += expected.length;
        }
      }),
      { numRuns: 150 },
    );
    expect(pairs).toBeGreaterThan(10_000);
    expect(matches).toBeGreaterThan(500);
  });

  it("lets an answer pass as each criterion does, asked again while more campaigns come", () => {
    const one = fc.oneof(
      { arbitrary: tests, weight: 1 },
      { arbitrary: range, weight: 1 },
      { arbitrary: fc.record({ min: day, max: day }, { requiredKeys: [] }), weight: 1 },
      { arbitrary: fc.record({ min: bound, max: bound }), weight: 1 },
    );
    const given = fc.array(fc.option(answer, { nil: undefined }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        // Ranges alone come often enough for the line to be cut again after rows were kept.
        fc.oneof(
          fc.array(one, { maxLength: 300, size: "max" }),
          fc.array(range, { minLength: 200, maxLength: 240, size: "max" }),
        ),
        given,
        fc.boolean(),
        (asked, answers, isText) => {
          const candidates = asked.map((test, index) =>
            anywhereInFrance(`c${index}`, [{ field: "f", ...test }]),
          );
          const index = new CampaignIndex();
          for (const [number, candidate] of candidates.entries()) {
            index.replace(candidate);
            if (number % 40 !== 0 && number !== candidates.length - 1) continue;
            for (const value of answers) {
              const need = needOf(value === undefined ? {} : { f: value }, isText ? ["f"] : []);
              expect(found(index, need)).toEqual(wantedBy(candidates.slice(0, number + 1), need));
            }
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it("does not take a text for the list it looks like", () => {
    const candidate = anywhereInFrance("c", [{ field: "f", oneOf: ["A"] }]);
    const index = built([candidate]);
    expect(found(index, needOf({ f: ["A", "B"] }))).toEqual(["c"]);
    expect(found(index, needOf({ f: '["A","B"]' }))).toEqual([]);
  });

  it("names the best suppliers as a preview does", () => {
    fc.assert(
      fc.property(world(0, 60), needArbitrary, fc.integer({ min: 0, max: 5 }), (candidates, need, limit) => {
        const lead = { ...need, leadId: "preview" };
        const best = built(candidates).best({ lead, at, limit });
        const expected = recipientsOf({ lead, candidates, at, limit });
        expect(best.map(({ campaignId }) => campaignId)).toEqual(
          expected.map(({ campaignId }) => campaignId),
        );
      }),
      { numRuns: 200 },
    );
  });

  /** Of few values, so that many are equal; some campaigns have none. */
  const standings = fc.array(
    fc.record({
      lastReceivedAt: fc.option(fc.constantFrom("2026-06-17T09:59:59.999Z", "2025-12-31T23:00:00.000Z")),
      km: fc.option(fc.constantFrom(0, 7, 120)),
      score: fc.option(fc.constantFrom(0, 50, 100)),
    }),
    { minLength: 60, maxLength: 60 },
  );
  it("names the best suppliers by every rule as putting all of them in order does", () => {
    const rule = fc.constantFrom(...(Object.keys(rankingRules) as RankingRule[]));
    let named = 0;
    fc.assert(
      fc.property(
        fc.record({ candidates: world(0, 60), need: needArbitrary, limit: fc.nat(5), rule, standings }),
        ({ candidates, need, limit, rule: name, standings: facts }) => {
          const lead = { ...need, leadId: "preview" };
          const ranking = {
            rule: name,
            standings: facts.map((one, index) => ({ campaignId: `c${index}`, ...one })),
          };
          const entries = built(candidates).matching(need, at).entries();
          const best = bestAmong(entries, ranking, { leadId: lead.leadId, limit });
          const expected = recipientsOf({ lead, candidates, ranking, at, limit });
          expect(best.map(({ campaignId }) => campaignId)).toEqual(
            expected.map(({ campaignId }) => campaignId),
          );
          named += best.length;
        },
      ),
      { numRuns: 300 },
    );
    expect(named).toBeGreaterThan(200);
  });

  const change = fc.oneof(
    fc.record({ what: fc.constant("replace" as const), which: fc.nat(90), draft }),
    fc.record({ what: fc.constant("stand" as const), which: fc.nat(90), standing }),
    fc.record({ what: fc.constant("remove" as const), which: fc.nat(90) }),
    fc.record({ what: fc.constant("ask" as const), need: needArbitrary }),
  );
  it("answers after any changes as one built afresh", () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 0, maxLength: 250, size: "max" }),
        needs,
        (changes, asked) => {
          const model = new Map<string, Candidate>();
          const index = new CampaignIndex();
          for (const one of changes) {
            if (one.what === "ask") {
              // Rows that are kept from here on must follow what comes after.
              expect(found(index, one.need)).toEqual(wantedBy([...model.values()], one.need));
              continue;
            }
            apply(one, model, index);
          }
          for (const need of asked)
            expect(found(index, need)).toEqual(found(built([...model.values()]), need));
          expect(index.size).toBe([...model.values()].filter(({ status }) => status !== "ARCHIVED").length);
        },
      ),
      { numRuns: 150 },
    );
  });

  function apply(
    one: Exclude<typeof change extends fc.Arbitrary<infer Change> ? Change : never, { what: "ask" }>,
    model: Map<string, Candidate>,
    index: CampaignIndex,
  ): void {
    const campaignId = `c${one.which}`;
    const known = model.get(campaignId);
    if (one.what === "remove") {
      model.delete(campaignId);
      index.remove(campaignId);
    } else if (one.what === "replace") {
      const candidate = { ...one.draft, campaignId };
      model.set(campaignId, candidate);
      index.replace(candidate);
    } else {
      const isHere = known !== undefined && known.status !== "ARCHIVED";
      if (isHere) model.set(campaignId, { ...known, ...one.standing });
      expect(index.stand(campaignId, one.standing)).toBe(isHere);
    }
  }
});

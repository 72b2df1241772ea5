import fc from "fast-check";
import { type Answers, type Form, NEW_CAR } from "../../reference/catalogue";
import { unmet } from "./criteria";
import { floorOf, scopeText, scopeWords, weightOf, type PriceFloor } from "./price-floor";
import { type Criterion } from "./terms";

/** A small form, so that floors, campaigns and leads often match by chance. */
const form: Form = {
  ...NEW_CAR.form,
  fields: [
    { ...fieldOf("CHOICE"), id: "energy" },
    { ...fieldOf("NUMBER"), id: "budget" },
    { ...fieldOf("MULTICHOICE"), id: "makes" },
  ],
};
function fieldOf<T extends "CHOICE" | "NUMBER" | "MULTICHOICE">(type: T) {
  return { type, required: false, label: { FR: "", EN: "" }, servesFor: { FR: "", EN: "" }, options: [] };
}

const options = ["A", "B", "C"];
const some = fc.subarray(options, { minLength: 1 });
const listTests = fc.oneof(
  fc.record({ oneOf: some }),
  fc.record({ noneOf: some }),
  fc.record({ isSet: fc.boolean() }),
  fc.tuple(some, some).map(([oneOf, noneOf]) => ({ oneOf, noneOf })),
);
const numberTests = fc.oneof(
  fc.record({ min: fc.nat(4) }),
  fc.record({ max: fc.nat(4) }),
  fc.tuple(fc.nat(4), fc.nat(4)).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
  fc.record({ oneOf: fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }) }),
  fc.record({ isSet: fc.boolean() }),
);
const criteriaArbitrary: fc.Arbitrary<Criterion[]> = fc
  .record({
    energy: fc.option(listTests, { nil: null }),
    budget: fc.option(numberTests, { nil: null }),
    makes: fc.option(listTests, { nil: null }),
  })
  .map((tests) =>
    Object.entries(tests).flatMap(([field, test]) => (test === null ? [] : [{ field, ...test }])),
  );
const departements = ["48", "69", "75"];
const floorArbitrary: fc.Arbitrary<PriceFloor> = fc.record({
  departement: fc.constantFrom(null, ...departements),
  criteria: fc.oneof(fc.constant([]), criteriaArbitrary),
  exclusive: fc.boolean(),
  floorCents: fc.integer({ min: 1, max: 9 }),
});
const everywhere: PriceFloor = { departement: null, criteria: [], exclusive: false, floorCents: 5 };
const floorsArbitrary = fc
  .uniqueArray(floorArbitrary, { maxLength: 6, selector: scopeText })
  .map((floors) => [...floors.filter((floor) => weightOf(floor) > 0), everywhere]);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const leadArbitrary = fc.record({
  departement: fc.constantFrom(...departements, "13"),
  energy: maybe(fc.constantFrom(...options)),
  budget: maybe(fc.nat(4)),
  makes: maybe(some),
});
type Lead = typeof leadArbitrary extends fc.Arbitrary<infer T> ? T : never;

const meetsAll = (criteria: readonly Criterion[], { departement: _, ...given }: Lead): boolean => {
  const answers = Object.fromEntries(Object.entries(given).filter(([, answer]) => answer !== undefined));
  return unmet(criteria, { answers: answers as Answers, textsAnswered: [] }, "2026-01-01") === null;
};

/** The rule applied to a single lead: the most specific floor counts, and of equals the highest. */
function floorOfLead(floors: readonly PriceFloor[], lead: Lead, exclusive: boolean): number {
  const holding = floors.filter(
    (floor) =>
      (floor.departement ?? lead.departement) === lead.departement &&
      (exclusive || !floor.exclusive) &&
      meetsAll(floor.criteria, lead),
  );
  const weight = Math.max(...holding.map(weightOf));
  return Math.max(...holding.filter((f) => weightOf(f) === weight).map(({ floorCents }) => floorCents));
}

const reachOf = (criteria: readonly Criterion[], where: readonly string[], exclusive = false) => ({
  ...{ criteria, exclusive, form },
  departements: () => new Set(where),
});

describe("the floor of a campaign", () => {
  it("is never below the floor of a lead that the campaign could receive", () => {
    const reached = fc.subarray([...departements, "13"], { minLength: 1 });
    fc.assert(
      fc.property(
        ...[
          floorsArbitrary,
          criteriaArbitrary,
          reached,
          fc.boolean(),
          fc.array(leadArbitrary, { minLength: 20 }),
        ],
        (floors, criteria, where, exclusive, leads) => {
          const { floorCents } = floorOf(floors, reachOf(criteria, where, exclusive));
          for (const lead of leads) {
            if (!where.includes(lead.departement) || !meetsAll(criteria, lead)) continue;
            expect(floorOfLead(floors, lead, exclusive)).toBeLessThanOrEqual(floorCents);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("equals the floor of a lead if the campaign asks for that lead only", () => {
    fc.assert(
      fc.property(floorsArbitrary, leadArbitrary, fc.boolean(), (floors, lead, exclusive) => {
        const only = [
          lead.energy === undefined
            ? { field: "energy", isSet: false }
            : { field: "energy", oneOf: [lead.energy] },
          lead.budget === undefined
            ? { field: "budget", isSet: false }
            : { field: "budget", oneOf: [lead.budget], min: lead.budget, max: lead.budget },
        ];
        const known = floors.filter(({ criteria }) =>
          criteria.every(
            ({ field, oneOf, noneOf }) => field !== "makes" && !(field === "budget" && (oneOf ?? noneOf)),
          ),
        );
        const { floorCents } = floorOf(known, reachOf(only, [lead.departement], exclusive));
        expect(floorCents).toBe(floorOfLead(known, lead, exclusive));
      }),
      { numRuns: 2_000 },
    );
  });

  const electric = [{ field: "energy", oneOf: ["A"] }];
  const floors: PriceFloor[] = [
    everywhere,
    { ...everywhere, departement: "75", floorCents: 9 },
    { ...everywhere, departement: "48", floorCents: 2 },
    { ...everywhere, criteria: electric, floorCents: 7 },
    { ...everywhere, exclusive: true, floorCents: 8 },
  ];
  it.each([
    ["leads from everywhere except the départements with floors", reachOf([], ["13"]), 7],
    ["a cheap département including the tier", reachOf([], ["48"]), 7],
    ["a cheap département without the tier", reachOf([{ field: "energy", noneOf: ["A"] }], ["48"]), 2],
    ["the dearer of two départements", reachOf([], ["48", "75"]), 9],
    ["the tier only", reachOf(electric, ["13"]), 7],
    ["exclusive leads, of equals the highest", reachOf(electric, ["13"], true), 8],
  ])("of %s", (_, reach, expected) => {
    expect(floorOf(floors, reach).floorCents).toBe(expected);
  });

  it("has a text that does not depend on the order of the criteria", () => {
    const two = [...electric, { field: "budget", min: 3 }];
    const scope = { departement: "75", criteria: two, exclusive: true };
    expect(scopeWords(scope)).toBe(" in département 75 for answers on energy, budget for exclusive leads");
    expect(scopeText({ ...scope, criteria: [...two].reverse() })).toBe(scopeText(scope));
  });
});

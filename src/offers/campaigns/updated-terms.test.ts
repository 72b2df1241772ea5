import fc from "fast-check";
import { NEW_CAR } from "../../reference/catalogue";
import { checkTerms } from "./check-terms";
import { type CampaignTerms } from "./terms";
import { type TermsInput, type ZoneInput } from "./terms-input";
import { updatedTerms, zoneInputOf } from "./updated-terms";

const context = {
  product: NEW_CAR,
  floors: [{ departement: null, criteria: [], exclusive: false, floorCents: 1 }],
  zoneOfToday: <T>(zone: T) => zone,
  departementsReached: () => new Set<string>(),
  needsSite: false,
};
const check = (input: TermsInput): CampaignTerms => checkTerms(input, context);

const ring = (west: number, south: number) => [
  [west, south],
  [west + 1, south],
  [west + 1, south + 1],
  [west, south],
];
const corner = [fc.integer({ min: 0, max: 6 }), fc.integer({ min: 44, max: 48 })] as const;
const zone: fc.Arbitrary<ZoneInput> = fc.oneof(
  fc.constantFrom<ZoneInput>(
    ...[{ country: "FR" }, { region: "84" }, { departement: "69" }],
    ...[{ postcode: "69003" }, { commune: "69123" }],
  ),
  fc
    .tuple(...corner, fc.integer({ min: 1, max: 300 }))
    .map(([longitude, latitude, radiusKm]) => ({ circle: { longitude, latitude, radiusKm } })),
  fc.tuple(...corner).map(([x, y]) => ({ polygon: { type: "Polygon", coordinates: [ring(x, y)] } })),
  fc
    .tuple(...corner)
    .map(([x, y]) => ({ polygon: { type: "MultiPolygon", coordinates: [[ring(x, y)], [ring(x, y)]] } })),
);

const required: fc.Arbitrary<TermsInput> = fc.record({
  name: fc.constantFrom("Lyon", "Électriques"),
  product: fc.constant("NEW_CAR"),
  zones: fc.array(zone, { minLength: 1, maxLength: 3 }),
  criteria: fc.constantFrom(
    [],
    [{ field: "budgetEuros", min: 20_000, max: null }],
    [{ field: "horizon", oneOf: ["NOW"], noneOf: null, min: null, max: null, isSet: true }],
  ),
  pricePerLeadCents: fc.integer({ min: 1, max: 9_000 }),
  caps: fc.constantFrom([], [{ unit: "LEADS" as const, period: "DAY" as const, limit: 3 }]),
});

const opening = { days: ["MON" as const], from: "09:00", to: "18:00" };
const optional = fc.record({
  site: fc.option(fc.constantFrom("lyon", "brest")),
  excludedZones: fc.option(fc.array(zone, { maxLength: 2 })),
  timeZone: fc.option(fc.constantFrom("Europe/Paris", "Indian/Reunion")),
  schedule: fc.option(fc.constantFrom([], [opening])),
  closedOnHolidays: fc.option(fc.boolean()),
  onlyWhenConnected: fc.option(fc.boolean()),
  duplicateWindowDays: fc.option(fc.integer({ min: 0, max: 180 })),
  maxSeats: fc.option(fc.integer({ min: 1, max: 3 })),
  maxAgeHours: fc.option(fc.integer({ min: 1, max: 168 })),
});
const inputs = fc.tuple(required, optional).map(([must, may]): TermsInput => ({ ...must, ...may }));

/** A campaign as a client reads it: every field has a value or is null. */
const read = (terms: CampaignTerms): TermsInput => ({
  ...terms,
  zones: terms.zones.map(zoneInputOf),
  excludedZones: terms.excludedZones.map(zoneInputOf),
  criteria: terms.criteria.map((one) => ({ oneOf: null, noneOf: null, min: null, max: null, ...one })),
});

describe("an update of a campaign", () => {
  it("that sends back what was read changes nothing", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const current = check(input);
        expect(check(updatedTerms(current, read(current)))).toStrictEqual(current);
      }),
    );
  });

  it("that sends only the required fields changes only these", () => {
    fc.assert(
      fc.property(inputs, required, (input, sent) => {
        const current = check(input);
        const { name, zones, criteria, pricePerLeadCents, caps } = check(sent);
        expect(check(updatedTerms(current, sent))).toStrictEqual({
          ...current,
          ...{ name, zones, criteria, pricePerLeadCents, caps },
        });
      }),
    );
  });

  it("that sends null for every other field sets the defaults of a new campaign", () => {
    fc.assert(
      fc.property(inputs, required, optional, (input, sent, fields) => {
        const nulls = Object.fromEntries(Object.keys(fields).map((field) => [field, null]));
        expect(check(updatedTerms(check(input), { ...sent, ...nulls }))).toStrictEqual(check(sent));
      }),
    );
  });

  it("sets what it sends", () => {
    fc.assert(
      fc.property(inputs, inputs, (input, sent) => {
        expect(check(updatedTerms(check(input), sent))).toStrictEqual(check(sent));
      }),
    );
  });

  it("of terms that are older than some options sets their defaults", () => {
    const { closedOnHolidays: _closed, duplicateWindowDays: _days, ...old } = check(inputOf({}));
    expect(check(updatedTerms(old, inputOf({})))).toStrictEqual(check(inputOf({})));
  });
});

const inputOf = (change: Partial<TermsInput>): TermsInput => ({
  name: "Lyon",
  product: "NEW_CAR",
  zones: [{ departement: "69" }],
  criteria: [],
  pricePerLeadCents: 3_000,
  caps: [],
  ...change,
});

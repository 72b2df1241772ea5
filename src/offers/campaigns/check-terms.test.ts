import { NEW_CAR } from "../../reference/catalogue";
import { zoneOfToday, type ZoneName } from "../../reference/geo";
import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkTerms, type TermsContext } from "./check-terms";
import { type CriterionInput, type TermsInput, type ZoneInput } from "./terms-input";

const known = new Set([
  "departement:69",
  "departement:2A",
  "country:FR",
  "postcode:69003",
  "commune:69123",
  "region:84",
]);
const context = {
  product: NEW_CAR,
  floors: [{ departement: null, criteria: [], exclusive: false, floorCents: 2_500 }],
  needsSite: false,
  departementsReached: () => new Set(["69"]),
  zoneOfToday: (zone: ZoneName) => (known.has(`${zone.kind}:${zone.code}`) ? zone : null),
};
const input = (changes: Partial<TermsInput> = {}): TermsInput => ({
  name: "Lyon, électriques",
  product: "NEW_CAR",
  zones: [{ departement: "69" }],
  criteria: [],
  pricePerLeadCents: 3_000,
  caps: [],
  ...changes,
});
const accepted = (changes: Partial<TermsInput>) => checkTerms(input(changes), context);
const refusal = (changes: Partial<TermsInput>): string => {
  try {
    accepted(changes);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe("INVALID_INPUT");
    return error.message;
  }
  throw new Error("Nothing was refused.");
};

describe("terms of a campaign", () => {
  it("are completed with defaults", () => {
    expect(accepted({})).toEqual({
      duplicateWindowDays: 30,
      name: "Lyon, électriques",
      product: "NEW_CAR",
      formVersion: 1,
      site: null,
      zones: [{ kind: "departement", code: "69" }],
      excludedZones: [],
      criteria: [],
      pricePerLeadCents: 3_000,
      caps: [],
      timeZone: "Europe/Paris",
      schedule: [],
      closedOnHolidays: false,
      maxSeats: null,
      maxAgeHours: 24,
    });
  });

  it("are normalised", () => {
    const terms = accepted({
      zones: [{ country: "fr" }, { departement: " 2a " }, { country: "FR" }],
      excludedZones: [{ postcode: "69003" }],
      criteria: [{ field: "makes", oneOf: ["RENAULT", "RENAULT"], noneOf: null, isSet: true }],
      caps: [{ unit: "SPEND_CENTS", period: "MONTH", limit: 3_000 }],
      schedule: [{ days: ["MON"], from: "00:00", to: "24:00" }],
      timeZone: "Indian/Reunion",
      maxSeats: 1,
      maxAgeHours: 168,
    });
    expect(terms).toMatchObject({
      zones: [
        { kind: "country", code: "FR" },
        { kind: "departement", code: "2A" },
      ],
      excludedZones: [{ kind: "postcode", code: "69003" }],
      caps: [{ unit: "SPEND_CENTS", period: "MONTH", limit: 3_000 }],
      schedule: [{ days: ["MON"], from: "00:00", to: "24:00" }],
      timeZone: "Indian/Reunion",
      maxSeats: 1,
      maxAgeHours: 168,
    });
    expect(terms.criteria).toStrictEqual([{ field: "makes", oneOf: ["RENAULT"], isSet: true }]);
  });

  it.each<[string, Partial<TermsInput>, string]>([
    [
      "another product",
      { product: "USED_CAR" },
      "A campaign keeps its product. Create another campaign for another product.",
    ],
    ["no name", { name: " " }, "name is 1 to 120 characters on one line"],
    ["a name that is too long", { name: "x".repeat(121) }, "name is 1 to 120 characters"],
    ["a name on two lines", { name: "a\nb" }, "without control characters"],
    [
      "a price below the floor",
      { pricePerLeadCents: 2_499 },
      "below the floor of 2500 cents: offer at least that.",
    ],
    [
      "a price above the maximum",
      { pricePerLeadCents: 1_000_001 },
      "a whole number of cents, at most 1000000.",
    ],
    ["a price with a fraction of a cent", { pricePerLeadCents: 3_000.5 }, "a whole number of cents"],
    ["a price that is not a number", { pricePerLeadCents: NaN }, "a whole number of cents"],
    ["a negative price", { pricePerLeadCents: -1 }, "a whole number of cents"],
    [
      "a cap of zero",
      { caps: [{ unit: "LEADS", period: "DAY", limit: 0 }] },
      "LEADS by DAY is a whole number from 1; to take nothing, pause the campaign.",
    ],
    [
      "a cap of half a lead",
      { caps: [{ unit: "LEADS", period: "DAY", limit: 1.5 }] },
      "a whole number from 1",
    ],
    [
      "a spending cap below the price of one lead",
      { caps: [{ unit: "SPEND_CENTS", period: "WEEK", limit: 2_999 }] },
      "SPEND_CENTS by WEEK is below the price of one lead (3000 cents): raise it.",
    ],
    [
      "two caps of the same kind",
      {
        caps: [
          { unit: "LEADS", period: "HOUR", limit: 1 },
          { unit: "LEADS", period: "HOUR", limit: 2 },
        ],
      },
      "There are two caps in LEADS by HOUR: keep the lower one.",
    ],
    [
      "an unknown time zone",
      { timeZone: "Europe/Lyon" },
      "timeZone is a name of the IANA database, such as Europe/Paris.",
    ],
    [
      "an opening without a day",
      { schedule: [{ days: [], from: "09:00", to: "10:00" }] },
      "An opening names at least one day",
    ],
    [
      "an opening that names a day twice",
      { schedule: [{ days: ["MON", "MON"], from: "09:00", to: "10:00" }] },
      "names a day twice",
    ],
    [
      "an opening that begins at 24:00",
      { schedule: [{ days: ["MON"], from: "24:00", to: "24:00" }] },
      "from is a time from 00:00 to 23:59",
    ],
    [
      "an opening in another time format",
      { schedule: [{ days: ["MON"], from: "9:00", to: "10:00" }] },
      "written HH:MM",
    ],
    [
      "an opening that ends after midnight",
      { schedule: [{ days: ["MON"], from: "22:00", to: "24:01" }] },
      "to is a time from 00:01 to 24:00",
    ],
    [
      "an opening that ends before it starts",
      { schedule: [{ days: ["MON"], from: "22:00", to: "06:00" }] },
      "for one across midnight give two",
    ],
    [
      "an opening of zero length",
      { schedule: [{ days: ["MON"], from: "09:00", to: "09:00" }] },
      "An opening ends after it begins",
    ],
    [
      "too many openings",
      {
        schedule: Array.from({ length: 51 }, () => ({ days: ["MON"] as const, from: "09:00", to: "10:00" })),
      },
      "at most 50 openings",
    ],
    ["no seat", { maxSeats: 0 }, "maxSeats is a whole number from 1 (exclusive) to 3."],
    ["more seats than the product has", { maxSeats: 4 }, "from 1 (exclusive) to 3."],
    [
      "a maximum age of zero hours",
      { maxAgeHours: 0 },
      "maxAgeHours is a whole number of hours from 1 to 168.",
    ],
    [
      "a duplicate window with a fraction of a day",
      { duplicateWindowDays: -1 },
      "duplicateWindowDays is a whole number of days",
    ],
    [
      "a duplicate window longer than requests are kept",
      { duplicateWindowDays: 181 },
      "from 0 (repeats are wanted) to 180.",
    ],
    ["a maximum age of more than a week", { maxAgeHours: 169 }, "from 1 to 168."],
  ])("refuse %s", (_what, changes, message) => {
    expect(refusal(changes)).toContain(message);
  });

  it.each<[string, ZoneInput[], string]>([
    ["no zone", [], 'for all of France give { country: "FR" }.'],
    [
      "a zone without a kind",
      [{}],
      "A zone is named in exactly one way (country, region, departement, postcode, commune, circle, polygon), not in 0.",
    ],
    ["a zone of two kinds", [{ departement: "69", postcode: "69003" }], "not in 2."],
    [
      "a circle that is too wide",
      [{ circle: { longitude: 4.8, latitude: 45.7, radiusKm: 301 } }],
      "radiusKm is from 1 to 300: for more use regions or a polygon.",
    ],
    [
      "a polygon without points",
      [{ polygon: { type: "Polygon" } }],
      "coordinates is a list of at least one of its rings.",
    ],
    [
      "an unknown département",
      [{ departement: "99" }],
      "There is no département 99: use a code such as 69, 2A or 974.",
    ],
    ["an unknown région", [{ region: "99" }], "There is no région 99: use the INSEE code of a région"],
    [
      "an unknown country",
      [{ country: "DE" }],
      "There is no country DE: use FR, or a collectivity's own code",
    ],
    [
      "a CEDEX postcode",
      [{ postcode: "75334" }],
      "There is no postcode 75334: use the postcode of a commune",
    ],
    ["an unknown commune", [{ commune: "69999" }], "There is no commune 69999: use the INSEE code"],
    ["a code with invalid characters", [{ departement: "Rhône; drop" }], "There is no such département: "],
    [
      "a circle with longitude and latitude swapped",
      [{ departement: "69" }, { circle: { longitude: 45.7, latitude: 4.8, radiusKm: 20 } }],
      "This circle lies outside France, where no request comes from: longitude and latitude seem to be swapped",
    ],
    [
      "a polygon in another country",
      [
        {
          polygon: {
            type: "Polygon",
            coordinates: [[[13, 52], [14, 52], [14, 53], [13, 52]]], // prettier-ignore
          },
        },
      ],
      "This polygon lies outside France",
    ],
    ["too many zones", Array.from({ length: 2_001 }, () => ({ departement: "69" })), "at most 2000 zones"],
  ])("refuse %s", (_what, zones, message) => {
    expect(refusal({ zones })).toContain(message);
    if (zones.length > 0) expect(refusal({ excludedZones: zones })).toContain(message);
  });

  it("accept shapes beside codes, drop duplicates, and use the current code of a former commune", () => {
    const circle = { longitude: 4.8, latitude: 45.7, radiusKm: 20 };
    const ring = [[4, 45], [5, 45], [5, 46], [4, 45]]; // prettier-ignore
    const polygon = { type: "Polygon", coordinates: [ring] };
    const zones = [
      { circle },
      { polygon },
      { circle: { ...circle } },
      { commune: "69232" },
      { commune: "69383" },
    ];
    expect(checkTerms(input({ zones }), { ...context, zoneOfToday }).zones).toEqual([
      { kind: "circle", ...circle },
      { kind: "polygon", geometry: polygon, boxes: [{ west: 4, south: 45, east: 5, north: 46 }] },
      { kind: "commune", code: "69123" },
      { kind: "commune", code: "69383" },
    ]);
  });

  it.each<[string, CriterionInput[], string]>([
    [
      "an unknown field",
      [{ field: "colour", isSet: true }],
      "There is no field colour in the form of NEW_CAR: the fields are makes, ",
    ],
    [
      "a property that every object inherits",
      [{ field: "__proto__", isSet: true }],
      "There is no field __proto__",
    ],
    [
      "a field twice",
      [
        { field: "body", isSet: true },
        { field: "body", oneOf: ["SUV"] },
      ],
      "Two criteria are about body: merge them into one",
    ],
    [
      "a criterion without a test",
      [{ field: "body" }],
      "The criterion on body tests nothing: give oneOf, noneOf, min, max or isSet.",
    ],
    ["an empty list", [{ field: "body", oneOf: [] }], "oneOf on body is a list of 1 to 500 values"],
    [
      "an empty list of exclusions",
      [{ field: "body", noneOf: [] }],
      "noneOf on body is a list of 1 to 500 values",
    ],
    [
      "a value that is not offered",
      [{ field: "body", oneOf: ["TANK"] }],
      "Field body takes one of: CITY_CAR,",
    ],
    [
      "an option that is not offered",
      [{ field: "makes", noneOf: ["TRABANT"] }],
      "Field makes takes options out of: ALFA_ROMEO,",
    ],
    ["a list of lists", [{ field: "makes", oneOf: [["DACIA"]] }], "Field makes takes options out of"],
    ["a word for a number", [{ field: "budgetEuros", min: "10000" }], "Field budgetEuros takes a number."],
    [
      "a number out of the field's range",
      [{ field: "budgetEuros", max: 300_001 }],
      "Field budgetEuros is from 5000 to 300000 EUR.",
    ],
    ["a number for a date", [{ field: "wantedBy", min: 5 }], "Field wantedBy takes a date of the calendar"],
    ["a word for a boolean", [{ field: "tradeIn", oneOf: ["yes"] }], "Field tradeIn takes true or false."],
    ["bounds on choices", [{ field: "body", min: "SUV" }], "Field body is CHOICE, which has no order"],
    ["bounds on booleans", [{ field: "tradeIn", max: true }], "Field tradeIn is BOOLEAN, which has no order"],
    [
      "bounds that cross",
      [{ field: "budgetEuros", min: 20_000, max: 10_000 }],
      "has min above max: no lead could meet it.",
    ],
    ["dates that cross", [{ field: "wantedBy", min: "2026-02-01", max: "2026-01-31" }], "has min above max"],
    [
      "relative dates that cross",
      [{ field: "wantedBy", min: "today+1m", max: "today" }],
      "has min above max",
    ],
    [
      "a misspelled relative date",
      [{ field: "wantedBy", max: "today + 90d" }],
      "A bound on wantedBy that is relative to today is written today, today+90d or today-2y",
    ],
    ["a relative date with five digits", [{ field: "wantedBy", max: "today+10000d" }], "at most 4 digits"],
    [
      "a relative date as a value",
      [{ field: "wantedBy", oneOf: ["today"] }],
      "Field wantedBy takes a date of the calendar",
    ],
    [
      "a relative date for a number",
      [{ field: "budgetEuros", min: "today" }],
      "Field budgetEuros is NUMBER: only a DATE is compared with today. Give a number.",
    ],
    [
      "a value that is both required and excluded",
      [{ field: "body", oneOf: ["SUV"], noneOf: ["SUV"] }],
      "both in oneOf and in noneOf",
    ],
    [
      "an answer that is both required and excluded",
      [{ field: "body", oneOf: ["SUV"], isSet: false }],
      "drop isSet: false or the rest.",
    ],
    [
      "a test on free text other than isSet",
      [{ field: "comment", oneOf: ["urgent"] }],
      "Field comment is free text, which is never read to decide",
    ],
  ])("refuse %s", (_what, criteria, message) => {
    expect(refusal({ criteria })).toContain(message);
  });

  it("accept a criterion on every type of field", () => {
    const criteria: CriterionInput[] = [
      { field: "makes", oneOf: ["RENAULT"], noneOf: ["DACIA"] },
      { field: "body", noneOf: ["VAN"] },
      { field: "budgetEuros", min: 10_000, max: 10_000 },
      { field: "tradeIn", oneOf: [true] },
      { field: "wantedBy", min: "2026-01-01", oneOf: ["2026-02-01"] },
      { field: "comment", isSet: false },
    ];
    expect(accepted({ criteria }).criteria).toStrictEqual(criteria);
  });

  it.each<[string, string]>([
    ["today-2y", "today+90d"],
    ["today+1m", "today+30d"],
    // Which one is later depends on the day.
    ["today", "2026-01-01"],
    ["2030-01-01", "today"],
  ])("keep a date from %s to %s as it was written", (min, max) => {
    const criteria = [{ field: "wantedBy", min, max }];
    expect(accepted({ criteria }).criteria).toStrictEqual(criteria);
  });
});

describe("the faults of terms", () => {
  const faultsIn = (changes: Partial<TermsInput>, of: Partial<TermsContext> = {}) => {
    try {
      checkTerms(input(changes), { ...context, ...of });
    } catch (error) {
      if (error instanceof AppError) return faultsOf(error).map(({ field, reason }) => [field, reason]);
      throw error;
    }
    return [];
  };

  it("are all found at once, each with its reason and its place", () => {
    const circle = { longitude: 200, latitude: 95, radiusKm: 0 };
    const coordinates = [[[4, 45], [500, 45], "Lyon", [4, 45]]]; // prettier-ignore
    const faults = faultsIn({
      name: "",
      zones: [{ departement: "99" }, { circle }, { polygon: { type: "Polygon", coordinates } }, {}],
      excludedZones: [{ country: "FR", region: "84" }, { polygon: { type: "Feature" } }],
      criteria: [
        { field: "colour", oneOf: ["RED"] },
        { field: "makes", oneOf: ["RENAULT", "TRABANT"], noneOf: [] },
        { field: "makes", isSet: true },
        { field: "budgetEuros", min: 30_000, max: "much" },
        { field: "budgetEuros", min: 2 },
        { field: "horizon" },
      ],
      pricePerLeadCents: 0,
      caps: [
        { unit: "LEADS", period: "DAY", limit: 0 },
        { unit: "LEADS", period: "DAY", limit: 2 },
      ],
      timeZone: "Europe/Lyon",
      schedule: [
        { days: [], from: "9:00", to: "25:00" },
        { days: ["MON"], from: "10:00", to: "09:00" },
      ],
      maxSeats: 9,
      maxAgeHours: 0,
      duplicateWindowDays: 181,
    });
    expect(faults).toEqual([
      ["name", "EMPTY"],
      ["zones[0].departement", "UNKNOWN_VALUE"],
      ["zones[1].circle.longitude", "OUT_OF_RANGE"],
      ["zones[1].circle.latitude", "OUT_OF_RANGE"],
      ["zones[1].circle.radiusKm", "OUT_OF_RANGE"],
      ["zones[2].polygon.coordinates[0][1]", "MALFORMED"],
      ["zones[2].polygon.coordinates[0][2]", "MALFORMED"],
      ["zones[3]", "NOT_EXACTLY_ONE"],
      ["excludedZones[0]", "NOT_EXACTLY_ONE"],
      ["excludedZones[1].polygon.type", "UNKNOWN_VALUE"],
      ["criteria[0].field", "UNKNOWN_VALUE"],
      ["criteria[1].oneOf[1]", "UNKNOWN_VALUE"],
      ["criteria[1].noneOf", "EMPTY"],
      ["criteria[2].field", "DUPLICATE"],
      ["criteria[3].max", "MALFORMED"],
      ["criteria[4].field", "DUPLICATE"],
      ["criteria[5]", "EMPTY"],
      ["maxSeats", "OUT_OF_RANGE"],
      ["pricePerLeadCents", "OUT_OF_RANGE"],
      ["caps[0].limit", "OUT_OF_RANGE"],
      ["caps[1]", "DUPLICATE"],
      ["timeZone", "UNKNOWN_VALUE"],
      ["schedule[0].days", "EMPTY"],
      ["schedule[0].from", "MALFORMED"],
      ["schedule[0].to", "MALFORMED"],
      ["schedule[1].to", "OUT_OF_RANGE"],
      ["maxAgeHours", "OUT_OF_RANGE"],
      ["duplicateWindowDays", "OUT_OF_RANGE"],
    ]);
  });

  it("include a price below the floor unless the floor depends on terms at fault", () => {
    expect(faultsIn({ name: "", pricePerLeadCents: 2_499 })).toEqual([
      ["name", "EMPTY"],
      ["pricePerLeadCents", "OUT_OF_RANGE"],
    ]);
    expect(faultsIn({ zones: [], pricePerLeadCents: 2_499 })).toEqual([["zones", "EMPTY"]]);
  });

  it("include a missing site where the caller needs one", () => {
    expect(faultsIn({ name: "" }, { needsSite: true })).toEqual([
      ["name", "EMPTY"],
      ["site", "REQUIRED"],
    ]);
  });

  it("do not include what depends on the product, if that is the wrong one", () => {
    const wrong = { criteria: [{ field: "colour" }], maxSeats: 9, pricePerLeadCents: 1, name: "" };
    expect(faultsIn({ ...wrong, product: "USED_CAR" })).toEqual([
      ["product", "NOT_ALLOWED"],
      ["name", "EMPTY"],
    ]);
    expect(faultsIn({ ...wrong, product: "BOAT" }, { product: null })).toEqual([
      ["product", "UNKNOWN_VALUE"],
      ["name", "EMPTY"],
    ]);
  });
});

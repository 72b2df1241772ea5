import fc from "fast-check";
import { type CampaignTerms, type Criterion } from "../../offers/campaigns";
import { type Place } from "../../reference/geo";
import { type Candidate } from "../matching";
import { Forecast, type ForecastResult, type ReplayedLead } from "./forecast";
import { People } from "./people";

const place: Place = {
  inseeCode: "69123",
  postcode: "69003",
  commune: "Lyon",
  departement: "69",
  region: "84",
  country: "FR",
  arrondissement: null,
  position: null,
  precision: "NONE",
};
const draft = (change: Partial<CampaignTerms> = {}): Candidate => ({
  campaignId: "draft",
  supplierId: "supplier",
  version: 1,
  status: "ACTIVE",
  pausedUntil: null,
  terms: {
    name: "Neuves",
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
    maxSeats: null,
    maxAgeHours: 24,
    ...change,
  },
});

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 2, 10);
let last = 0;
const lead = (answers: ReplayedLead["need"]["answers"] = {}, change: Partial<Place> = {}): ReplayedLead => {
  const at = new Date(startMs + ++last * 1_000);
  return {
    need: { product: "NEW_CAR", answers, textsAnswered: [], place: { ...place, ...change } },
    submittedAt: at,
    confirmedAt: at,
    waitUntil: new Date(at.getTime() + 24 * hourMs),
    digests: [`mail ${String(last)}`],
  };
};
const many = (count: number, ...of: Parameters<typeof lead>): ReplayedLead[] =>
  Array.from({ length: count }, () => lead(...of));

function told(
  leads: readonly ReplayedLead[],
  of: Candidate,
  more: { others?: Candidate[]; sampledOneIn?: number } = {},
): ForecastResult {
  const forecast = new Forecast(new People(), of, more.others ?? []);
  for (const one of leads) forecast.add(one);
  const work = forecast.result(more.sampledOneIn ?? 1);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const makes: Criterion = { field: "makes", oneOf: ["DACIA"] };
const budget: Criterion = { field: "budgetEuros", min: 20_000 };

describe("a forecast", () => {
  it("counts what fits, what each single criterion keeps out, and what is lost to a cap", () => {
    const leads = [
      ...many(17, { makes: ["DACIA"], budgetEuros: 25_000 }),
      ...many(11, { makes: ["FIAT"], budgetEuros: 25_000 }),
      ...many(6, { makes: ["DACIA"], budgetEuros: 9_000 }),
      ...many(8, { makes: ["FIAT"], budgetEuros: 9_000 }),
    ];
    const capped = draft({
      criteria: [makes, budget],
      caps: [{ unit: "LEADS", period: "MONTH", limit: 12 }],
    });
    expect(told(leads, capped)).toEqual({
      lookedAt: 40,
      fitTerms: 15,
      volume: 10,
      spendCents: 30_000,
      lostTo: { AGE: 0, SCHEDULE: 0, CAPS: 5, REPEATS: 0 },
      withoutCriterion: [10, 5],
      withoutExcludedZones: 0,
      overlaps: [],
    });
  });

  it("counts what the excluded zones keep out, also where only a position could decide", () => {
    const leads = [...many(6), ...many(7, {}, { inseeCode: "69266" })];
    const excluded = draft({ excludedZones: [{ kind: "commune", code: "69266" }] });
    expect(told(leads, excluded)).toMatchObject({ fitTerms: 5, withoutExcludedZones: 5 });
    const circle = { kind: "circle", longitude: 4.8, latitude: 45.7, radiusKm: 3 } as const;
    const shaped = draft({ excludedZones: [circle] });
    expect(told(leads, shaped)).toMatchObject({ fitTerms: 0, withoutExcludedZones: 10 });
  });

  it("counts the leads that fit another campaign of the supplier too", () => {
    const leads = [...many(9, { makes: ["DACIA"] }), ...many(9, { makes: ["FIAT"] })];
    const others = [draft({ criteria: [makes] }), draft({ zones: [{ kind: "region", code: "11" }] })];
    expect(told(leads, draft(), { others })).toMatchObject({ fitTerms: 15, overlaps: [5, 0] });
  });

  it("counts one person once in thirty days, and shows 0 for fewer than five people", () => {
    const repeated = many(40).map((one, index) => ({ ...one, digests: [`mail ${String(index % 6)}`] }));
    expect(told(repeated, draft())).toMatchObject({
      lookedAt: 40,
      volume: 5,
      spendCents: 15_000,
      lostTo: { REPEATS: 30 },
    });
    const few = repeated.map((one, index) => ({ ...one, digests: [`mail ${String(index % 4)}`] }));
    expect(told(few, draft())).toMatchObject({
      lookedAt: 0,
      fitTerms: 0,
      volume: 0,
      spendCents: 0,
      lostTo: { REPEATS: 0 },
    });
  });

  it("scales up from a sample, under the same caps", () => {
    const leads = many(9);
    expect(told(leads, draft(), { sampledOneIn: 4 })).toMatchObject({ lookedAt: 35, volume: 35 });
    const capped = draft({ caps: [{ unit: "LEADS", period: "DAY", limit: 22 }], maxAgeHours: 1 });
    expect(told(many(11), capped, { sampledOneIn: 4 })).toMatchObject({ volume: 20, lostTo: { CAPS: 20 } });
    expect(told(many(4), draft(), { sampledOneIn: 100 })).toMatchObject({ lookedAt: 0, volume: 0 });
  });

  it("changes only in whole steps when one person is added", () => {
    const numbers = ({
      lostTo,
      withoutCriterion,
      overlaps,
      spendCents: _,
      ...told
    }: ForecastResult): number[] => [
      ...Object.values(lostTo),
      ...withoutCriterion,
      ...overlaps,
      ...Object.values(told),
    ];
    const request = fc.record({
      makes: fc.constantFrom("DACIA", "FIAT"),
      budgetEuros: fc.constantFrom(9_000, 25_000),
    });
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 40 }),
        request,
        fc.integer({ min: 1, max: 30 }),
        (all, one, limit) => {
          const of = draft({ criteria: [makes, budget], caps: [{ unit: "LEADS", period: "DAY", limit }] });
          const leads = [...all, one].map(({ makes: make, budgetEuros }) =>
            lead({ makes: [make], budgetEuros }),
          );
          const others = [draft({ criteria: [makes] })];
          const before = numbers(told(leads.slice(0, -1), of, { others }));
          const after = numbers(told(leads, of, { others }));
          after.forEach((count, index) => {
            expect([0, 5]).toContain(count - (before[index] ?? Number.NaN));
          });
        },
      ),
    );
  });
});

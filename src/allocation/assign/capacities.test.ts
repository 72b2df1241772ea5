import fc from "fast-check";
import type { CampaignTerms } from "../../offers/campaigns";
import type { Candidate } from "../matching";
import { capacitiesOf, windowKey, windowsOf, type CapWindow } from "./capacities";

const caps: CampaignTerms["caps"] = [
  { unit: "SPEND_CENTS", period: "MONTH", limit: 100_000 },
  { unit: "LEADS", period: "HOUR", limit: 2 },
  { unit: "LEADS", period: "DAY", limit: 5 },
  { unit: "SPEND_CENTS", period: "WEEK", limit: 40_000 },
];
const candidate = (campaignId: string, change: Partial<CampaignTerms> = {}): Candidate => ({
  campaignId,
  supplierId: `supplier of ${campaignId}`,
  version: 2,
  status: "ACTIVE",
  pausedUntil: null,
  terms: {
    name: "Neuves",
    product: "NEW_CAR",
    formVersion: 1,
    site: null,
    zones: [],
    excludedZones: [],
    criteria: [],
    pricePerLeadCents: 3_000,
    caps,
    timeZone: "Europe/Paris",
    schedule: [],
    maxSeats: null,
    maxAgeHours: 24,
    ...change,
  },
});
// Tuesday, 1 December, 00:30 in Paris.
const at = new Date("2026-11-30T23:30:00Z");
const spanOf = ({ unit, period, start, end }: CapWindow) =>
  `${unit} ${period} ${start.toISOString()} ${end.toISOString()}`;

describe("the windows of a campaign's caps", () => {
  it("contain the instant in the campaign's time zone, in the order of the caps", () => {
    expect(windowsOf(candidate("one"), at).map(spanOf)).toEqual([
      "SPEND_CENTS MONTH 2026-11-30T23:00:00.000Z 2026-12-31T23:00:00.000Z",
      "LEADS HOUR 2026-11-30T23:00:00.000Z 2026-12-01T00:00:00.000Z",
      "LEADS DAY 2026-11-30T23:00:00.000Z 2026-12-01T23:00:00.000Z",
      "SPEND_CENTS WEEK 2026-11-29T23:00:00.000Z 2026-12-06T23:00:00.000Z",
    ]);
  });

  it("differ in another time zone", () => {
    const [month, hour] = windowsOf(candidate("one", { timeZone: "America/Guadeloupe" }), at).map(spanOf);
    expect(month).toBe("SPEND_CENTS MONTH 2026-11-01T04:00:00.000Z 2026-12-01T04:00:00.000Z");
    expect(hour).toBe("LEADS HOUR 2026-11-30T23:00:00.000Z 2026-12-01T00:00:00.000Z");
  });

  it("name the campaign and the supplier they belong to", () => {
    for (const window of windowsOf(candidate("one"), at)) {
      expect(window).toMatchObject({ campaignId: "one", supplierId: "supplier of one" });
    }
  });

  it("contain the instant, whenever it is", () => {
    const instants = fc.date({
      min: new Date("2020-01-01T00:00:00Z"),
      max: new Date("2040-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom("Europe/Paris", "Pacific/Tahiti", "America/Miquelon"),
        (now, timeZone) => {
          for (const { start, end } of windowsOf(candidate("one", { timeZone }), now)) {
            expect(start <= now && now < end).toBe(true);
          }
        },
      ),
    );
  });
});

describe("the key of a window", () => {
  it("depends on campaign, unit, period and start, but not on the end", () => {
    const windows = [candidate("one"), candidate("two")].flatMap((one) => [
      ...windowsOf(one, at),
      ...windowsOf(one, new Date(at.getTime() + 32 * 24 * 3_600_000)),
    ]);
    const inAnotherUnit = windows.map((window) => ({ ...window, unit: `OTHER ${window.unit}` }));
    expect(new Set([...windows, ...inAnotherUnit].map(windowKey)).size).toBe(32);
    const [first] = windows;
    if (first) expect(windowKey({ ...first, start: new Date(first.start) })).toBe(windowKey(first));
  });
});

describe("the capacities of candidates", () => {
  it("are computed per window and per supplier, in the order of candidates and caps", () => {
    const asked: string[] = [];
    const capacities = capacitiesOf([candidate("two"), candidate("one", { caps: [] })], at, {
      usedOf: (window) => asked.push(windowKey(window)),
      availableOf: (supplierId) => (supplierId === "supplier of two" ? 5_000 : -200),
      connectedOf: () => undefined,
    });
    expect(asked).toEqual(windowsOf(candidate("two"), at).map(windowKey));
    expect(capacities).toEqual([
      {
        ...{ campaignId: "two", supplierId: "supplier of two", version: 2, status: "ACTIVE" },
        capsUsed: windowsOf(candidate("two"), at).map(({ start, end }, index) => ({
          windowStart: start,
          resetsAt: end,
          used: index + 1,
        })),
        availableCents: 5_000,
      },
      {
        ...{ campaignId: "one", supplierId: "supplier of one", version: 2, status: "ACTIVE" },
        capsUsed: [],
        availableCents: -200,
      },
    ]);
  });
});

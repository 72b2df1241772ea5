import fc from "fast-check";
import { isOpenAt, type Cap, type CampaignTerms } from "../../offers/campaigns";
import { windowOf } from "../../shared/calendar";
import { isSoak, roundsOf, say } from "../../../test/support/rounds";
import { simulate, type Arrival, type ArrivalResult, type Loss } from "./simulation";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A Friday. The clocks in Paris go back on the following Sunday. */
const startMs = Date.UTC(2026, 9, 23, 6);

const terms = (change: Partial<CampaignTerms> = {}): CampaignTerms => ({
  name: "Neuves",
  product: "NEW_CAR",
  formVersion: 1,
  site: null,
  zones: [{ kind: "country", code: "FR" }],
  excludedZones: [],
  criteria: [],
  pricePerLeadCents: 3_000,
  caps: [],
  timeZone: "Europe/Paris",
  schedule: [],
  duplicateWindowDays: 0,
  maxSeats: null,
  maxAgeHours: 24,
  ...change,
});

let lastPerson = 0;
const arrival = (atMs: number, change: Partial<Arrival> = {}): Arrival => ({
  person: ++lastPerson,
  atMs,
  submittedMs: atMs,
  waitUntilMs: atMs + 24 * hourMs,
  ...change,
});

function run(arrivals: readonly Arrival[], of: CampaignTerms, sampledOneIn = 1): ArrivalResult[] {
  const work = simulate(arrivals, of, sampledOneIn);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const instants = (results: readonly ArrivalResult[]): string[] =>
  results.flatMap(({ taken }) => taken.map(({ atMs }) => new Date(atMs).toISOString().slice(0, 16)));
const lostTo = (results: readonly ArrivalResult[]): (Loss | null)[] => results.map((result) => result.lostTo);

/** The same by brute force: works out the next lead and what blocks it from scratch at every step. */
function slowly(
  arrivals: readonly Arrival[],
  of: CampaignTerms,
): { takenAtMs: number | null; lostTo: Loss | null }[] {
  const waiting = arrivals.map((one, order) => ({ one, order, atMs: one.atMs }));
  const told = arrivals.map(() => ({ takenAtMs: null as number | null, lostTo: null as Loss | null }));
  while (waiting.length > 0) {
    waiting.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    const next = waiting.shift();
    const result = next && told[next.order];
    if (!next || !result) break;
    const takes = told.flatMap(({ takenAtMs }, order) =>
      takenAtMs === null ? [] : [{ takenAtMs, person: arrivals[order]?.person }],
    );
    const against = againstIt(next.one, next.atMs, { of, takes });
    if (!against) result.takenAtMs = next.atMs;
    else if (isOver(next.one, against.untilMs, of)) result.lostTo = against.loss;
    else waiting.push({ ...next, atMs: against.untilMs });
  }
  return told;
}

const isOver = (one: Arrival, ms: number, of: CampaignTerms): boolean =>
  ms >= one.waitUntilMs || ms - one.submittedMs > of.maxAgeHours * hourMs;

function againstIt(
  one: Arrival,
  atMs: number,
  { of, takes }: { of: CampaignTerms; takes: { takenAtMs: number; person: number | undefined }[] },
): { loss: Loss; untilMs: number } | null {
  const windowMs = (of.duplicateWindowDays ?? 30) * dayMs;
  const before = takes.filter(({ person }) => person === one.person).map(({ takenAtMs }) => takenAtMs);
  if (before.some((ms) => atMs < ms + windowMs))
    return { loss: "REPEATS", untilMs: Math.max(...before) + windowMs };
  if (isOver(one, atMs, of)) return { loss: "AGE", untilMs: Infinity };
  let opensMs = atMs;
  while (!isOpenAt(of, new Date(opensMs)) && !isOver(one, opensMs, of)) opensMs += minuteMs;
  if (opensMs > atMs) return { loss: "SCHEDULE", untilMs: opensMs };
  const ends = of.caps.flatMap(({ unit, period, limit }) => {
    const { start, end } = windowOf(period, of.timeZone, new Date(atMs));
    const inside = takes.filter(({ takenAtMs: ms }) => ms >= start.getTime() && ms < end.getTime()).length;
    const cost = unit === "LEADS" ? 1 : of.pricePerLeadCents;
    return (inside + 1) * cost > limit ? [end.getTime()] : [];
  });
  return ends.length > 0 ? { loss: "CAPS", untilMs: Math.max(...ends) } : null;
}

const caps = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom("HOUR" as const, "DAY" as const, "WEEK" as const, "MONTH" as const),
      fc.constantFrom("LEADS" as const, "SPEND_CENTS" as const),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(([period, unit, leads]): Cap => ({
      unit,
      period,
      limit: unit === "LEADS" ? leads : leads * 3_000 + 2_999,
    })),
  { selector: ({ unit, period }) => `${unit} ${period}`, maxLength: 4 },
);
const schedule = fc.constantFrom<CampaignTerms["schedule"]>(
  [],
  [{ days: ["MON", "TUE", "WED", "THU", "FRI"], from: "09:00", to: "18:30" }],
  [
    { days: ["SAT"], from: "10:15", to: "12:00" },
    { days: ["SUN", "MON"], from: "00:00", to: "24:00" },
  ],
);
const drafts = fc
  .record({
    caps,
    schedule,
    closedOnHolidays: fc.boolean(),
    maxAgeHours: fc.constantFrom(1, 24, 168),
    duplicateWindowDays: fc.constantFrom(0, 1, 3, 30),
  })
  .map(terms);
const arrivals = fc
  .array(
    fc.record({
      minute: fc.nat({ max: 11 * 24 * 60 }),
      confirmedAfter: fc.constantFrom(0, 0, 0, 45, 90, 26 * 60),
      waitsHours: fc.constantFrom(1, 24, 100, 168),
      person: fc.nat({ max: 12 }),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all
      .map(({ minute, confirmedAfter, waitsHours, person }) => {
        const atMs = startMs + minute * minuteMs;
        const submittedMs = atMs - confirmedAfter * minuteMs;
        return { person, atMs, submittedMs, waitUntilMs: submittedMs + waitsHours * hourMs };
      })
      .sort((one, other) => one.atMs - other.atMs),
  );

describe("a simulated campaign", () => {
  it("does the same as a brute-force simulation", () => {
    fc.assert(
      fc.property(arrivals, drafts, (all, draft) => {
        const told = run(all, draft).map(({ taken, lost, lostTo: loss }) => {
          expect(taken.length + lost).toBe(1);
          return { takenAtMs: taken[0]?.atMs ?? null, lostTo: loss };
        });
        expect(told).toEqual(slowly(all, draft));
      }),
      { numRuns: roundsOf(30) },
    );
    if (isSoak) say(`the simulation: ${roundsOf(30)} campaigns`);
  });

  it("never exceeds a cap, at any hour and price, also if each lead stands for several", () => {
    fc.assert(
      fc.property(arrivals, drafts, fc.integer({ min: 1, max: 7 }), (all, draft, sampledOneIn) => {
        const results = run(all, draft, sampledOneIn);
        const used = new Map<string, number>();
        for (const { atMs, count } of results.flatMap(({ taken }) => taken)) {
          for (const { unit, period, limit } of draft.caps) {
            const { start } = windowOf(period, draft.timeZone, new Date(atMs));
            const key = `${unit} ${period} ${start.toISOString()}`;
            const cost = unit === "LEADS" ? 1 : draft.pricePerLeadCents;
            used.set(key, (used.get(key) ?? 0) + count * cost);
            expect(used.get(key)).toBeLessThanOrEqual(limit);
          }
        }
        results.forEach(({ taken, lost, lostTo: loss }) => {
          expect(taken.reduce((sum, { count }) => sum + count, lost)).toBe(sampledOneIn);
          expect(loss === null).toBe(lost === 0);
        });
      }),
    );
  });

  it("takes no more leads with caps, hours or a shorter maximum age than without", () => {
    const total = (results: readonly ArrivalResult[]): number =>
      results.filter(({ taken }) => taken.length > 0).length;
    fc.assert(
      fc.property(arrivals, drafts, (all, draft) => {
        const open = terms({ maxAgeHours: 168 });
        expect(total(run(all, draft))).toBeLessThanOrEqual(total(run(all, open)));
      }),
    );
  });

  it("lets a lead wait behind a full cap until the window ends, the oldest first", () => {
    const daily = terms({ caps: [{ unit: "LEADS", period: "DAY", limit: 1 }], maxAgeHours: 48 });
    const at = Date.UTC(2026, 10, 2, 10);
    const long = { waitUntilMs: at + 47 * hourMs };
    const results = run([arrival(at, long), arrival(at + 1, long), arrival(at + 2), arrival(at + 3)], daily);
    expect(instants(results)).toEqual(["2026-11-02T10:00", "2026-11-02T23:00"]);
    expect(lostTo(results)).toEqual([null, null, "CAPS", "CAPS"]);
  });

  it("loses to the schedule only leads that cannot wait until it opens", () => {
    const mornings = terms({ schedule: [{ days: ["MON"], from: "09:00", to: "12:00" }], maxAgeHours: 60 });
    const saturday = Date.UTC(2026, 10, 7, 10);
    const results = run(
      [arrival(saturday), arrival(saturday, { waitUntilMs: saturday + 50 * hourMs })],
      mornings,
    );
    expect(lostTo(results)).toEqual(["SCHEDULE", null]);
    expect(instants(results)).toEqual(["2026-11-09T08:00"]);
  });

  it("does not take a person again within the duplicate window, and does afterwards", () => {
    const at = Date.UTC(2026, 10, 2, 10);
    const again = [0, 1, 29, 30, 31].map((days) => arrival(at + days * dayMs, { person: 7 }));
    expect(lostTo(run(again, terms({ duplicateWindowDays: 30 })))).toEqual([
      null,
      "REPEATS",
      // It could wait until the window ends if its own 24 hours were not over before.
      "REPEATS",
      null,
      "REPEATS",
    ]);
    expect(lostTo(run(again, terms({ duplicateWindowDays: 0 })))).toEqual([null, null, null, null, null]);
  });

  it("does not exceed a spending cap at the draft's price", () => {
    const at = Date.UTC(2026, 10, 2, 10);
    const month = terms({ caps: [{ unit: "SPEND_CENTS", period: "MONTH", limit: 8_999 }] });
    const results = run(
      [0, 1, 2].map((ms) => arrival(at + ms)),
      month,
    );
    expect(lostTo(results)).toEqual([null, null, "CAPS"]);
  });

  it("yields while it simulates twenty thousand leads behind an hourly cap", () => {
    const hourly = terms({ caps: [{ unit: "LEADS", period: "HOUR", limit: 1 }], maxAgeHours: 48 });
    const crowd = Array.from({ length: 20_000 }, (_, index) => {
      const atMs = startMs + index * 2 * minuteMs;
      return arrival(atMs, { waitUntilMs: atMs + 48 * hourMs });
    });
    const work = simulate(crowd, hourly, 1);
    let turns = 0;
    while (!work.next().done) turns++;
    expect(turns).toBeGreaterThan(100);
  });
});

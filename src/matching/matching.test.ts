/** One world of leads and campaigns for all of matching: a decision is tested as it is made, from match to replay. */
import fc from "fast-check";
import { windowOf } from "../shared/calendar";
import { type CampaignStatus, type CampaignTerms, type Cap } from "../campaigns";
import { checkPolygon, type Place, type Zone } from "../geo";
import {
  decide,
  recordDecision,
  type DecisionInput,
  type DecisionRecord,
  type VerdictRecord,
} from "./decision";
import { type Candidate, type Capacity, type LeadFacts, type Refusal, type Relation } from "./facts";
import { eligibleOf, match } from "./match";
import { recipientsOf } from "./preview";
import { replay } from "./replay";
import { take, type Seats, type TakeInput } from "./take";

const noon = new Date("2026-06-17T10:00:00Z");
const later = (hours: number): Date => new Date(noon.getTime() + hours * 3_600_000);
const lyon: Place = {
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
const aroundLyon: Zone = {
  kind: "polygon",
  ...checkPolygon({ type: "Polygon", coordinates: [[[4, 45], [6, 45], [6, 47], [4, 47], [4, 45]]] }), // prettier-ignore
};
const lead: LeadFacts = {
  leadId: "lead-1",
  product: "NEW_CAR",
  formVersion: 1,
  submittedAt: noon,
  answers: { makes: ["RENAULT"], budgetEuros: 20_000, horizon: "NOW" },
  textsAnswered: ["comment"],
  place: lyon,
};
const terms = (changes: Partial<CampaignTerms> = {}): CampaignTerms => ({
  name: "Anything",
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
  maxSeats: null,
  maxAgeHours: 24,
  ...changes,
});
const candidate = (
  campaignId: string,
  changes: Partial<CampaignTerms & Omit<Candidate, "terms">> = {},
): Candidate => {
  const { supplierId = `supplier-of-${campaignId}`, version = 1, status = "ACTIVE", ...more } = changes;
  const { pausedUntil = null, ...rest } = more;
  return { campaignId, supplierId, version, status, pausedUntil, terms: terms(rest) };
};
const scopeOf = (candidates: readonly Candidate[]): ReadonlySet<string> =>
  new Set(candidates.map(({ supplierId }) => supplierId));
const capacity = (
  of: Candidate,
  changes: Partial<Capacity> & { used?: readonly number[] } = {},
): Capacity => {
  const { used = [], ...rest } = changes;
  const capsUsed = of.terms.caps.map(({ period }, index) => {
    const { start, end } = windowOf(period, of.terms.timeZone, noon);
    return { windowStart: start, resetsAt: end, used: used[index] ?? 0 };
  });
  const { campaignId, supplierId, version, status } = of;
  return { campaignId, supplierId, version, status, capsUsed, availableCents: 1_000_000, ...rest };
};
const free: Seats = { limit: 3, fixed: null, taken: 0, suppliersServed: [] };
const takeFrom = (candidates: readonly Candidate[], changes: Partial<TakeInput> = {}) =>
  take({
    verdicts: match({ lead, scope: scopeOf(candidates), candidates, relations: [], at: noon }),
    capacities: candidates.map((one) => capacity(one)),
    seats: free,
    consentedSuppliers: scopeOf(candidates).size,
    ...changes,
  });

/** Worlds in which everything that can refuse does so now and then. */
const suppliers = ["s1", "s2", "s3", "s4", "s5"];
const capArbitrary = fc.record<Cap>({
  unit: fc.constantFrom("LEADS", "SPEND_CENTS"),
  period: fc.constantFrom("HOUR", "DAY", "WEEK", "MONTH"),
  limit: fc.integer({ min: 1, max: 12_000 }),
});
const termsArbitrary = fc.record({
  product: fc.constantFrom("NEW_CAR", "NEW_CAR", "NEW_CAR", "OTHER"),
  zones: fc.constantFrom(
    [{ kind: "country" as const, code: "FR" }],
    [{ kind: "departement" as const, code: "69" }],
    [{ kind: "departement" as const, code: "75" }],
  ),
  excludedZones: fc.constantFrom([], [], [], [{ kind: "commune" as const, code: "69123" }]),
  criteria: fc.constantFrom(
    [],
    [],
    [{ field: "budgetEuros", min: 15_000 }],
    [{ field: "energy", isSet: true }],
    [{ field: "wantedBy", min: "today+1d", max: "today+2w" }],
  ),
  pricePerLeadCents: fc.constantFrom(2_000, 3_000, 4_500),
  caps: fc.uniqueArray(capArbitrary, { maxLength: 3, selector: ({ unit, period }) => unit + period }),
  schedule: fc.constantFrom([], [], [{ days: ["THU" as const], from: "09:00", to: "18:00" }]),
  maxSeats: fc.constantFrom(null, null, 1, 2, 3),
  maxAgeHours: fc.constantFrom(1, 24, 48),
});
const status = fc.constantFrom<CampaignStatus>("ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE", "PAUSED", "ARCHIVED");
const candidatesArbitrary = fc
  .array(
    fc.record({
      supplierId: fc.constantFrom(...suppliers),
      version: fc.integer({ min: 1, max: 2 }),
      status,
      pausedUntil: fc.constantFrom(null, null, later(-1), noon, later(3)),
      terms: termsArbitrary,
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(({ terms: drawn, ...draft }, index): Candidate => ({
      ...draft,
      pausedUntil: draft.status === "PAUSED" ? draft.pausedUntil : null,
      campaignId: `c${index}`,
      terms: terms(drawn),
    })),
  );
const capacityArbitrary = (of: Candidate): fc.Arbitrary<Capacity | null> =>
  fc
    .record({
      isThere: fc.constantFrom(true, true, true, false),
      version: fc.constantFrom(of.version, of.version, of.version, 3),
      status: fc.constantFrom<CampaignStatus>(of.status, of.status, of.status, "PAUSED"),
      availableCents: fc.constantFrom(-500, 0, 2_999, 3_000, 100_000),
      used: fc.array(fc.integer({ min: 0, max: 12_000 }), { minLength: 3, maxLength: 3 }),
    })
    .map(({ isThere, ...changes }) => (isThere ? capacity(of, changes) : null));
const seatsArbitrary = fc
  .record({
    fixed: fc.constantFrom(null, null, 1, 2, 3),
    served: fc.uniqueArray(fc.constantFrom(...suppliers), { maxLength: 3 }),
  })
  .map(({ fixed, served }): Seats => {
    const suppliersServed = fixed === null ? [] : served.slice(0, fixed);
    return { limit: 3, fixed, taken: suppliersServed.length, suppliersServed };
  });
const relationsArbitrary: fc.Arbitrary<Relation[]> = fc.uniqueArray(
  fc.record({
    supplierId: fc.constantFrom(...suppliers),
    lastReceivedAt: fc.constantFrom(null, later(-1), later(-24 * 30), later(-24 * 200)),
    isOwnCustomer: fc.constantFrom(false, false, true),
  }),
  { selector: ({ supplierId }) => supplierId, maxLength: 3 },
);
const worldArbitrary: fc.Arbitrary<DecisionInput> = candidatesArbitrary.chain((candidates) =>
  fc
    .record({
      leadId: fc.uuid(),
      hoursLater: fc.constantFrom(0, 2, 30),
      wantedBy: fc.constantFrom("2026-06-18", "2026-07-01", "2026-07-02"),
      scope: fc.subarray(suppliers, { minLength: 1 }),
      relations: relationsArbitrary,
      capacities: fc.tuple(...candidates.map(capacityArbitrary)),
      seats: seatsArbitrary,
    })
    .map(({ leadId, hoursLater, wantedBy, scope, relations, capacities, seats }) => ({
      lead: { ...lead, leadId, answers: { ...lead.answers, wantedBy } },
      scope: new Set(scope),
      candidates,
      relations,
      capacities: capacities.filter((one) => one !== null),
      seats,
      at: later(hoursLater),
    })),
);

describe("matching", () => {
  it.each<[string, Partial<CampaignTerms & Omit<Candidate, "terms">>, Refusal]>([
    ["another product", { product: "OTHER", status: "PAUSED" }, { reason: "OTHER_PRODUCT" }],
    ["a paused campaign", { status: "PAUSED", zones: [] }, { reason: "CAMPAIGN_NOT_ACTIVE" }],
    ["an archived campaign", { status: "ARCHIVED" }, { reason: "CAMPAIGN_NOT_ACTIVE" }],
    [
      "a campaign paused until later",
      { status: "PAUSED", pausedUntil: later(3) },
      { reason: "CAMPAIGN_NOT_ACTIVE", liftsAt: later(3) },
    ],
    [
      "an excluded zone",
      { excludedZones: [{ kind: "postcode", code: "69003" }], zones: [] },
      { reason: "IN_EXCLUDED_ZONE" },
    ],
    ["a place elsewhere", { zones: [{ kind: "departement", code: "75" }] }, { reason: "OUTSIDE_ZONES" }],
    [
      "a circle, of a place that is not known exactly",
      { zones: [{ kind: "circle", longitude: 4.83, latitude: 45.76, radiusKm: 300 }] },
      { reason: "PLACE_NOT_PRECISE" },
    ],
    ["a polygon, likewise", { zones: [aroundLyon] }, { reason: "PLACE_NOT_PRECISE" }],
    [
      "a shape that leaves out, although a zone by name holds the place",
      { zones: [{ kind: "departement", code: "69" }], excludedZones: [aroundLyon] },
      { reason: "PLACE_NOT_PRECISE" },
    ],
    [
      "an excluded zone by name, before a shape that nobody can answer",
      { excludedZones: [aroundLyon, { kind: "region", code: "84" }] },
      { reason: "IN_EXCLUDED_ZONE" },
    ],
    [
      "the first criterion that is not met",
      {
        criteria: [
          { field: "horizon", oneOf: ["NOW"] },
          { field: "budgetEuros", min: 20_001 },
          { field: "body", isSet: true },
        ],
        maxAgeHours: 1,
      },
      { reason: "CRITERION_NOT_MET", field: "budgetEuros" },
    ],
    [
      "a text that was written",
      { criteria: [{ field: "comment", isSet: false }] },
      { reason: "CRITERION_NOT_MET", field: "comment" },
    ],
    [
      "a lead that waited too long",
      { maxAgeHours: 1, schedule: [{ days: ["THU"], from: "09:00", to: "18:00" }] },
      { reason: "TOO_OLD" },
    ],
    [
      "a closed schedule, and tells when it opens",
      { schedule: [{ days: ["THU"], from: "09:00", to: "18:00" }] },
      { reason: "OUTSIDE_SCHEDULE", liftsAt: new Date("2026-06-18T07:00:00Z") },
    ],
    [
      "a schedule that never opens",
      { schedule: [{ days: [], from: "09:00", to: "18:00" }] },
      { reason: "OUTSIDE_SCHEDULE" },
    ],
  ])("refuses for %s", (_what, changes, refusal) => {
    const candidates = [candidate("c1", changes)];
    expect(match({ lead, scope: scopeOf(candidates), candidates, relations: [], at: later(2) })).toEqual([
      { candidate: candidates[0], rank: null, refusal },
    ]);
  });

  it("refuses a supplier that was not consented to before it looks at anything else", () => {
    const candidates = [candidate("c1", { status: "ARCHIVED" })];
    const [verdict] = match({ lead, scope: new Set(["somebody else"]), candidates, relations: [], at: noon });
    expect(verdict?.refusal).toEqual({ reason: "NOT_CONSENTED" });
  });

  it("takes a zone by name before a shape that nobody can answer", () => {
    const candidates = [candidate("c1", { zones: [aroundLyon, { kind: "departement", code: "69" }] })];
    const [verdict] = match({ lead, scope: scopeOf(candidates), candidates, relations: [], at: noon });
    expect(verdict?.rank).toBe(1);
  });

  it("accepts a lead that is exactly as old as may be", () => {
    const candidates = [candidate("c1", { maxAgeHours: 2 })];
    const verdictAt = (at: Date) =>
      match({ lead, scope: scopeOf(candidates), candidates, relations: [], at })[0];
    expect(verdictAt(later(2))?.rank).toBe(1);
    expect(verdictAt(new Date(later(2).getTime() + 1))?.refusal).toEqual({ reason: "TOO_OLD" });
  });

  it("refuses a person that the supplier serves already, or received a short while ago, and nobody else's", () => {
    const candidates = [
      candidate("c1", { supplierId: "s1" }),
      candidate("c2", { supplierId: "s2" }),
      candidate("c3", { supplierId: "s2", duplicateWindowDays: 2 }),
      candidate("c4", { supplierId: "s3" }),
    ];
    const relations = [
      { supplierId: "s1", lastReceivedAt: null, isOwnCustomer: true },
      { supplierId: "s2", lastReceivedAt: later(-48), isOwnCustomer: false },
    ];
    const refusals = (at: Date) =>
      Object.fromEntries(
        match({ lead, scope: scopeOf(candidates), candidates, relations, at }).map(
          ({ candidate: { campaignId }, refusal }) => [campaignId, refusal],
        ),
      );
    const recently = (days: number) => ({ reason: "RECEIVED_RECENTLY", liftsAt: later(24 * (days - 2)) });
    expect(refusals(noon)).toEqual({
      c1: { reason: "OWN_CUSTOMER" },
      c2: recently(30),
      c3: null,
      c4: null,
    });
    expect(refusals(new Date(noon.getTime() - 1)).c3).toEqual(recently(2));
  });

  it("ranks the higher price first, and keeps every eligible campaign of a supplier", () => {
    const candidates = [
      candidate("cheap", { supplierId: "s1", pricePerLeadCents: 2_000 }),
      candidate("dear", { supplierId: "s1", pricePerLeadCents: 9_000 }),
      candidate("middle", { supplierId: "s2", pricePerLeadCents: 5_000 }),
    ];
    const verdicts = match({ lead, scope: scopeOf(candidates), candidates, relations: [], at: noon });
    expect(verdicts.map(({ candidate: { campaignId }, rank }) => [campaignId, rank])).toEqual([
      ["dear", 1],
      ["middle", 2],
      ["cheap", 3],
    ]);
  });

  it("gives every candidate exactly one verdict, the same whatever order they arrive in", () => {
    const shuffled = worldArbitrary.chain((world) =>
      fc.record({
        world: fc.constant(world),
        candidates: fc.shuffledSubarray([...world.candidates], { minLength: world.candidates.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ world, candidates }) => {
        const verdicts = match(world);
        expect(match({ ...world, candidates })).toEqual(verdicts);
        expect(verdicts.map((verdict) => verdict.candidate.campaignId).sort()).toEqual(
          candidates.map(({ campaignId }) => campaignId).sort(),
        );
        const eligible = eligibleOf(verdicts);
        expect(verdicts.slice(0, eligible.length).map(({ rank }) => rank)).toEqual(
          eligible.map((_, index) => index + 1),
        );
        for (const {
          candidate: { supplierId },
          rank,
          refusal,
        } of verdicts) {
          expect(rank === null).toBe(refusal !== null);
          if (rank !== null) expect(world.scope.has(supplierId)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("draws evenly between suppliers of one price, however many campaigns each has", () => {
    const candidates = [
      candidate("a", { supplierId: "one campaign" }),
      ...["b", "c", "d", "e", "f", "g", "h", "i", "j"].map((id) =>
        candidate(id, { supplierId: "nine campaigns" }),
      ),
    ];
    const leads = Array.from({ length: 2_000 }, (_, index) => ({ ...lead, leadId: `lead-${index}` }));
    const wins = leads.filter((one) => {
      const [best] = match({ lead: one, scope: scopeOf(candidates), candidates, relations: [], at: noon });
      return best?.candidate.supplierId === "one campaign";
    }).length;
    // Five standard deviations around a half: the draw is fixed, so this can fail only if the rule does.
    expect(Math.abs(wins - 1_000)).toBeLessThan(112);
  });
});

describe("taking", () => {
  it("gives seats in the order of the ranking and refuses the rest", () => {
    const candidates = [5, 4, 3, 2].map((price) =>
      candidate(`c${price}`, { pricePerLeadCents: price * 1_000 }),
    );
    const taking = takeFrom(candidates);
    expect(taking.taken.map((one) => [one.candidate.campaignId, one.seat])).toEqual([
      ["c5", 1],
      ["c4", 2],
      ["c3", 3],
    ]);
    expect(taking.refused).toEqual([{ candidate: candidates[3], refusal: { reason: "SEATS_TAKEN" } }]);
    expect(taking).toMatchObject({ seats: 3, nextTryAt: null, waiting: false });
  });

  it("fixes the seats by the first taker: an exclusive one leaves none", () => {
    const candidates = [
      candidate("exclusive", { pricePerLeadCents: 9_000, maxSeats: 1 }),
      candidate("other", { pricePerLeadCents: 5_000 }),
    ];
    const taking = takeFrom(candidates);
    expect(taking.taken.map((one) => one.candidate.campaignId)).toEqual(["exclusive"]);
    expect(taking).toMatchObject({
      seats: 1,
      waiting: false,
      refused: [{ refusal: { reason: "SEATS_TAKEN" } }],
    });
  });

  it("refuses who wants fewer seats than were fixed", () => {
    const candidates = [
      candidate("open", { pricePerLeadCents: 9_000 }),
      candidate("exclusive", { pricePerLeadCents: 5_000, maxSeats: 1 }),
      candidate("pair", { pricePerLeadCents: 4_000, maxSeats: 2 }),
      candidate("triple", { pricePerLeadCents: 3_000, maxSeats: 3 }),
    ];
    const taking = takeFrom(candidates);
    expect(taking.taken.map((one) => one.candidate.campaignId)).toEqual(["open", "triple"]);
    expect(taking.refused.map(({ refusal }) => refusal.reason)).toEqual([
      "WANTS_FEWER_SEATS",
      "WANTS_FEWER_SEATS",
    ]);
    expect(taking.waiting).toBe(false);
  });

  it("never fixes more seats than there are suppliers to consent to", () => {
    const candidates = [candidate("c1"), candidate("c2", { maxSeats: 2 })];
    expect(takeFrom(candidates)).toMatchObject({ seats: 2, taken: [{ seat: 1 }, { seat: 2 }] });
    expect(takeFrom(candidates.slice(0, 1))).toMatchObject({ seats: 1 });
  });

  it("uses the next campaign of a supplier when its best one is full, and only one of them", () => {
    const caps: Cap[] = [{ unit: "LEADS", period: "DAY", limit: 5 }];
    const candidates = [
      candidate("full", { supplierId: "s1", pricePerLeadCents: 9_000, caps }),
      candidate("next", { supplierId: "s1", pricePerLeadCents: 5_000 }),
      candidate("third", { supplierId: "s1", pricePerLeadCents: 4_000 }),
    ];
    const capacities = candidates.map((one) => capacity(one, { used: [5] }));
    const taking = takeFrom(candidates, { capacities });
    expect(taking.taken.map((one) => one.candidate.campaignId)).toEqual(["next"]);
    expect(taking.refused).toEqual([
      {
        candidate: candidates[0],
        refusal: { reason: "CAP_REACHED", cap: 0, liftsAt: new Date("2026-06-17T22:00:00Z") },
      },
      { candidate: candidates[2], refusal: { reason: "BETTER_CAMPAIGN_OF_SAME_SUPPLIER" } },
    ]);
    expect(taking).toMatchObject({ nextTryAt: null, waiting: false });
  });

  it("counts caps in leads and in money to the last lead and the last cent", () => {
    const caps: Cap[] = [
      { unit: "LEADS", period: "HOUR", limit: 5 },
      { unit: "SPEND_CENTS", period: "MONTH", limit: 9_000 },
    ];
    const one = candidate("c1", { caps });
    const withUsed = (...used: number[]) => takeFrom([one], { capacities: [capacity(one, { used })] });
    expect(withUsed(4, 6_000).taken[0]).toMatchObject({
      capsAfter: [{ used: 5 }, { used: 9_000 }],
      capsReached: [0, 1],
    });
    expect(withUsed(3, 3_000).taken[0]?.capsReached).toEqual([]);
    expect(withUsed(3, 3_001).taken[0]?.capsReached).toEqual([1]);
    expect(withUsed(5, 0).refused[0]?.refusal).toMatchObject({
      reason: "CAP_REACHED",
      cap: 0,
      liftsAt: later(1),
    });
    expect(withUsed(0, 6_001).refused[0]?.refusal).toMatchObject({ reason: "CAP_REACHED", cap: 1 });
  });

  it("names of several full caps the one that opens last", () => {
    const caps: Cap[] = [
      { unit: "LEADS", period: "HOUR", limit: 1 },
      { unit: "LEADS", period: "MONTH", limit: 1 },
      { unit: "LEADS", period: "DAY", limit: 1 },
    ];
    const one = candidate("c1", { caps });
    const taking = takeFrom([one], { capacities: [capacity(one, { used: [1, 1, 1] })] });
    const liftsAt = new Date("2026-06-30T22:00:00Z");
    expect(taking.refused[0]?.refusal).toEqual({ reason: "CAP_REACHED", cap: 1, liftsAt });
    expect(taking).toMatchObject({ seats: null, nextTryAt: liftsAt, waiting: true });
  });

  it("spends a balance to the last cent and never below nothing", () => {
    const one = candidate("c1");
    const withCents = (availableCents: number) =>
      takeFrom([one], { capacities: [capacity(one, { availableCents })] });
    expect(withCents(3_000).taken).toHaveLength(1);
    expect(withCents(2_999)).toMatchObject({
      taken: [],
      refused: [{ refusal: { reason: "BALANCE_TOO_LOW" } }],
      nextTryAt: null,
      waiting: true,
    });
  });

  it.each<[string, Partial<Capacity> | null]>([
    ["another version", { version: 2 }],
    ["another status", { status: "PAUSED" }],
    ["no capacity any more", null],
  ])("refuses a campaign that has %s by now, and waits for it", (_what, changes) => {
    const one = candidate("c1");
    const taking = takeFrom([one], { capacities: changes ? [capacity(one, changes)] : [] });
    expect(taking).toMatchObject({ refused: [{ refusal: { reason: "CAMPAIGN_CHANGED" } }], waiting: true });
  });

  it("never sends a lead to a supplier twice, nor more than one of the seats left", () => {
    const candidates = [candidate("c1", { supplierId: "s1" }), candidate("c2", { supplierId: "s2" })];
    const seats: Seats = { limit: 3, fixed: 2, taken: 1, suppliersServed: ["s1"] };
    const taking = takeFrom(candidates, { seats });
    expect(taking.refused).toEqual([{ candidate: candidates[0], refusal: { reason: "ALREADY_RECEIVED" } }]);
    expect(taking).toMatchObject({ taken: [{ seat: 2 }], seats: 2, waiting: false });
  });

  it("waits for the schedule that opens first, and not for who could no longer have the seat", () => {
    const opens = (day: "THU" | "FRI" | "SAT") => ({
      schedule: [{ days: [day], from: "09:00", to: "18:00" }],
    });
    const candidates = [
      candidate("now", { supplierId: "s1" }),
      candidate("same supplier", { supplierId: "s1", ...opens("THU") }),
      candidate("exclusive", { supplierId: "s2", maxSeats: 1, ...opens("THU") }),
      candidate("saturday", { supplierId: "s4", ...opens("SAT") }),
      candidate("friday", { supplierId: "s3", ...opens("FRI") }),
    ];
    expect(takeFrom(candidates)).toMatchObject({
      seats: 3,
      nextTryAt: new Date("2026-06-19T07:00:00Z"),
      waiting: true,
    });
  });

  it.each<[boolean, Partial<CampaignTerms & Omit<Candidate, "terms">>]>([
    [true, { zones: [{ kind: "departement", code: "75" }] }],
    [true, { criteria: [{ field: "body", isSet: true }] }],
    [true, { status: "PAUSED" }],
    [false, { status: "ARCHIVED" }],
    [false, { product: "OTHER" }],
  ])("says %s to waiting for an edit of %j", (waiting, changes) => {
    expect(takeFrom([candidate("c1", changes)])).toMatchObject({ waiting, nextTryAt: null, seats: null });
  });

  it("is tried again when a pause ends", () => {
    const paused = candidate("c1", { status: "PAUSED", pausedUntil: later(2) });
    expect(takeFrom([paused])).toMatchObject({ waiting: true, nextTryAt: later(2), taken: [] });
    const resumed = match({
      lead,
      scope: scopeOf([paused]),
      candidates: [paused],
      relations: [],
      at: later(2),
    });
    expect(eligibleOf(resumed)).toEqual([paused]);
  });

  it("refuses to count a cap it was not told about", () => {
    const one = candidate("c1", { caps: [{ unit: "LEADS", period: "DAY", limit: 5 }] });
    expect(() => takeFrom([one], { capacities: [capacity(one, { capsUsed: [] })] })).toThrow(
      "one entry per cap",
    );
  });

  it("never passes seats, caps or balances, serves each supplier once and answers everybody eligible", () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const { verdicts, taking } = decide(world);
        const eligible = eligibleOf(verdicts);
        const handled = [...taking.taken, ...taking.refused].map((one) => one.candidate.campaignId);
        expect(handled.sort()).toEqual(eligible.map(({ campaignId }) => campaignId).sort());
        const served = [
          ...world.seats.suppliersServed,
          ...taking.taken.map((one) => one.candidate.supplierId),
        ];
        expect(new Set(served).size).toBe(served.length);
        expect(served.length).toBeLessThanOrEqual(taking.seats ?? 0);
        expect(taking.seats ?? 0).toBeLessThanOrEqual(3);
        if (world.seats.fixed !== null) expect(taking.seats).toBe(world.seats.fixed);
        taking.taken.forEach(
          (
            { candidate: { campaignId, version, status, pausedUntil, terms: taken }, seat, capsAfter },
            index,
          ) => {
            const before = world.capacities.find((one) => one.campaignId === campaignId) as Capacity;
            expect(before).toMatchObject({ version, status });
            expect(status === "ACTIVE" || (pausedUntil ?? later(99)) <= world.at).toBe(true);
            expect(seat).toBe(world.seats.taken + index + 1);
            expect(before.availableCents).toBeGreaterThanOrEqual(taken.pricePerLeadCents);
            taken.caps.forEach(({ unit, limit }, cap) => {
              const cost = unit === "LEADS" ? 1 : taken.pricePerLeadCents;
              expect(capsAfter[cap]?.used).toBe((before.capsUsed[cap]?.used ?? NaN) + cost);
              expect(capsAfter[cap]?.used).toBeLessThanOrEqual(limit);
            });
            expect(taken.maxSeats ?? 3).toBeGreaterThanOrEqual(taking.seats ?? 0);
          },
        );
        if (taking.nextTryAt) {
          expect(taking.nextTryAt > world.at || world.at > noon).toBe(true);
          expect(taking.waiting).toBe(true);
        }
        if (taking.waiting) expect(served.length).toBeLessThan(taking.seats ?? 3);
      }),
      { numRuns: 500 },
    );
  });

  it("gives the first seat to the best candidate that has room and money", () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const best = eligibleOf(match(world))[0];
        fc.pre(best !== undefined);
        const others = world.capacities.filter(({ campaignId }) => campaignId !== best.campaignId);
        const { taking } = decide({ ...world, seats: free, capacities: [...others, capacity(best)] });
        const { caps, pricePerLeadCents } = best.terms;
        const fits = caps.every(({ unit, limit }) => unit === "LEADS" || limit >= pricePerLeadCents);
        expect(taking.taken[0]?.candidate === best).toBe(fits);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a preview", () => {
  it("shows by terms alone: never by schedule, caps or age", () => {
    const candidates = [
      candidate("closed", { schedule: [{ days: ["THU"], from: "09:00", to: "18:00" }] }),
      candidate("capped", { caps: [{ unit: "LEADS", period: "DAY", limit: 1 }], maxAgeHours: 1 }),
      candidate("paused", { status: "PAUSED" }),
      candidate("paused a while", { status: "PAUSED", pausedUntil: later(1) }),
      candidate("resumed", { status: "PAUSED", pausedUntil: noon }),
      candidate("elsewhere", { zones: [{ kind: "departement", code: "75" }] }),
      candidate("choosy", { criteria: [{ field: "body", isSet: true }] }),
    ];
    const shown = recipientsOf({ lead, candidates, at: noon, limit: 5 });
    expect(shown.map(({ campaignId }) => campaignId).sort()).toEqual(["capped", "closed", "resumed"]);
  });

  it("shows each supplier once, by its best campaign, the best suppliers up to the limit", () => {
    const candidates = [
      candidate("a", { supplierId: "s1", pricePerLeadCents: 2_000 }),
      candidate("b", { supplierId: "s2", pricePerLeadCents: 4_000 }),
      candidate("c", { supplierId: "s1", pricePerLeadCents: 5_000 }),
      candidate("d", { supplierId: "s3", pricePerLeadCents: 3_000 }),
    ];
    const shown = (limit: number) =>
      recipientsOf({ lead, candidates, at: noon, limit }).map(({ campaignId }) => campaignId);
    expect(shown(5)).toEqual(["c", "b", "d"]);
    expect(shown(2)).toEqual(["c", "b"]);
  });

  it("shows everybody who could be eligible, if the limit lets it", () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const shown = recipientsOf({ ...world, limit: 5 });
        const names = shown.map(({ supplierId }) => supplierId);
        expect(new Set(names).size).toBe(names.length);
        for (const { supplierId } of eligibleOf(match(world))) expect(names).toContain(supplierId);
      }),
    );
  });
});

describe("a recorded decision", () => {
  const stored = (record: DecisionRecord): DecisionRecord =>
    JSON.parse(JSON.stringify(record)) as DecisionRecord;
  const termsIn =
    ({ candidates }: DecisionInput) =>
    (campaignId: string, version: number): CampaignTerms | undefined =>
      candidates.find((one) => one.campaignId === campaignId && one.version === version)?.terms;
  const recordOf = (world: DecisionInput): DecisionRecord => stored(recordDecision(world, decide(world)));

  it("comes out the same when it is made again from JSON", () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const record = recordDecision(world, decide(world));
        expect(stored(record)).toEqual(record);
        expect(replay(stored(record), world.lead, termsIn(world))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("betrays any single change of a verdict", () => {
    const changes: readonly ((verdict: VerdictRecord) => VerdictRecord)[] = [
      (verdict) => ({ ...verdict, rank: (verdict.rank ?? 0) + 1 }),
      (verdict) => ({ ...verdict, seat: (verdict.seat ?? 0) + 1 }),
      (verdict) => ({ ...verdict, campaignId: `${verdict.campaignId}x` }),
      (verdict) => ({ ...verdict, reason: verdict.reason === "TOO_OLD" ? "SEATS_TAKEN" : "TOO_OLD" }),
      (verdict) => ({ ...verdict, field: `${verdict.field ?? ""}x` }),
      (verdict) => ({ ...verdict, cap: (verdict.cap ?? 0) + 1 }),
      (verdict) => ({ ...verdict, liftsAt: later(1_000).toISOString() }),
      (verdict) => ({ ...verdict, capsReached: [...(verdict.capsReached ?? []), 9] }),
    ];
    fc.assert(
      fc.property(worldArbitrary, fc.nat(), fc.constantFrom(...changes), (world, pick, change) => {
        const record = recordOf(world);
        const { verdicts } = record.outcome;
        fc.pre(verdicts.length > 0);
        const index = pick % verdicts.length;
        const altered = verdicts.map((verdict, at) => (at === index ? change(verdict) : verdict));
        const found = replay(
          { ...record, outcome: { ...record.outcome, verdicts: altered } },
          world.lead,
          termsIn(world),
        );
        expect(found).toHaveLength(1);
        expect(found[0]?.path).toContain(`outcome.verdicts.${index}`);
      }),
      { numRuns: 300 },
    );
  });

  it("betrays a verdict that is missing, and a change of what followed", () => {
    const candidates = [candidate("c1"), candidate("c2", { status: "PAUSED" })];
    const world: DecisionInput = {
      lead,
      scope: scopeOf(candidates),
      candidates,
      relations: [],
      capacities: candidates.map((one) => capacity(one)),
      seats: free,
      at: noon,
    };
    const record = recordOf(world);
    const paths = (outcome: Partial<DecisionRecord["outcome"]>) =>
      replay({ ...record, outcome: { ...record.outcome, ...outcome } }, lead, termsIn(world)).map(
        ({ path }) => path,
      );
    expect(paths({})).toEqual([]);
    expect(paths({ verdicts: record.outcome.verdicts.slice(0, 1) })).toEqual(["outcome.verdicts.1"]);
    expect(paths({ seats: 3 })).toEqual(["outcome.seats"]);
    expect(paths({ waiting: false })).toEqual(["outcome.waiting"]);
    expect(paths({ nextTryAt: noon.toISOString() })).toEqual(["outcome.nextTryAt"]);
  });

  it("counts from the day of the decision on the campaign's clock, and a lead is tried again when that day ends", () => {
    const criteria = [{ field: "wantedBy", max: "today+90d" }];
    const [paris, reunion] = [
      candidate("c1", { criteria }),
      candidate("c2", { criteria, timeZone: "Indian/Reunion" }),
    ] as const;
    // 23:30 in Paris on the 17th, 01:30 on the 18th in Réunion.
    const at = new Date("2026-06-17T21:30:00Z");
    const wanted = { ...lead, answers: { wantedBy: "2026-09-16" } };
    const world = {
      ...{ lead: wanted, scope: scopeOf([paris, reunion]), candidates: [paris, reunion], relations: [] },
      ...{ capacities: [capacity(paris), capacity(reunion)], seats: free, at },
    };
    const record = recordOf(world);
    const [taken, refused] = record.outcome.verdicts;
    expect(taken).toMatchObject({ campaignId: "c2", seat: 1 });
    const midnight = "2026-06-17T22:00:00.000Z";
    expect(refused).toMatchObject({ reason: "CRITERION_NOT_MET", field: "wantedBy", liftsAt: midnight });
    expect(record.outcome).toMatchObject({ waiting: true, nextTryAt: midnight });
    const replayed = (of: DecisionRecord) => replay(of, wanted, termsIn(world)).map(({ path }) => path);
    expect(replayed(record)).toEqual([]);
    expect(replayed({ ...record, at: midnight })).toContain("outcome.verdicts.1.reason");
    const shownAt = (instant: Date) =>
      recipientsOf({ lead: wanted, candidates: [paris, reunion], at: instant, limit: 5 });
    expect(shownAt(at)).toEqual([reunion]);
    expect(shownAt(new Date(midnight))).toHaveLength(2);
  });

  it("cannot be repeated for another lead, by other rules or without the terms, and says so", () => {
    const candidates = [candidate("c1")];
    const world: DecisionInput = {
      lead,
      scope: scopeOf(candidates),
      candidates,
      relations: [],
      capacities: [],
      seats: free,
      at: noon,
    };
    const record = recordOf(world);
    const paths = (of: DecisionRecord, facts: LeadFacts, termsOf = termsIn(world)) =>
      replay(of, facts, termsOf).map(({ path }) => path);
    expect(paths(record, { ...lead, leadId: "lead-2" })).toEqual(["leadId"]);
    expect(paths({ ...record, rulesVersion: 0 }, lead)).toEqual(["rulesVersion"]);
    expect(paths({ ...record, rules: "FIRST_COME" }, lead)).toEqual(["rules"]);
    expect(paths(record, lead, () => undefined)).toEqual(["candidates"]);
  });

  it("holds ids, versions and numbers, and nothing of the need", () => {
    const candidates = [candidate("c1", { criteria: [{ field: "makes", oneOf: ["RENAULT"] }] })];
    const text = JSON.stringify(
      recordOf({
        lead,
        scope: scopeOf(candidates),
        candidates,
        relations: [],
        capacities: [],
        seats: free,
        at: noon,
      }),
    );
    for (const fact of ["RENAULT", "20000", "69123", "Lyon"]) expect(text).not.toContain(fact);
  });
});

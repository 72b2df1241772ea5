/** Who may take a lead, in which order, and why the others may not. */
import fc from "fast-check";
import {
  noon,
  later,
  aroundLyon,
  lead,
  candidate,
  suppliersOf,
  worldArbitrary,
} from "../../../test/support/decision-worlds";
import { type CampaignTerms } from "../../offers/campaigns";
import { type Candidate, type Refusal } from "./facts";
import { eligibleOf, match } from "./match";

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
      "a circle, for a place without an exact position",
      { zones: [{ kind: "circle", longitude: 4.83, latitude: 45.76, radiusKm: 300 }] },
      { reason: "PLACE_NOT_PRECISE" },
    ],
    [
      "a polygon, for a place without an exact position",
      { zones: [aroundLyon] },
      { reason: "PLACE_NOT_PRECISE" },
    ],
    [
      "an excluded shape, for a place without an exact position, although a named zone contains it",
      { zones: [{ kind: "departement", code: "69" }], excludedZones: [aroundLyon] },
      { reason: "PLACE_NOT_PRECISE" },
    ],
    [
      "a named excluded zone, before a shape that needs a position",
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
      "a text that was answered",
      { criteria: [{ field: "comment", isSet: false }] },
      { reason: "CRITERION_NOT_MET", field: "comment" },
    ],
    [
      "a lead that waited too long",
      { maxAgeHours: 1, schedule: [{ days: ["THU"], from: "09:00", to: "18:00" }] },
      { reason: "TOO_OLD" },
    ],
    [
      "a closed schedule, with the time it opens",
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
    expect(match({ lead, scope: suppliersOf(candidates), candidates, relations: [], at: later(2) })).toEqual([
      { candidate: candidates[0], rank: null, refusal },
    ]);
  });

  it("refuses a supplier without consent before checking anything else", () => {
    const candidates = [candidate("c1", { status: "ARCHIVED" })];
    const [verdict] = match({ lead, scope: new Set(["somebody else"]), candidates, relations: [], at: noon });
    expect(verdict?.refusal).toEqual({ reason: "NOT_CONSENTED" });
  });

  it("accepts a named zone before a shape that needs a position", () => {
    const candidates = [candidate("c1", { zones: [aroundLyon, { kind: "departement", code: "69" }] })];
    const [verdict] = match({ lead, scope: suppliersOf(candidates), candidates, relations: [], at: noon });
    expect(verdict?.rank).toBe(1);
  });

  it("accepts a lead exactly at the maximum age", () => {
    const candidates = [candidate("c1", { maxAgeHours: 2 })];
    const verdictAt = (at: Date) =>
      match({ lead, scope: suppliersOf(candidates), candidates, relations: [], at })[0];
    expect(verdictAt(later(2))?.rank).toBe(1);
    expect(verdictAt(new Date(later(2).getTime() + 1))?.refusal).toEqual({ reason: "TOO_OLD" });
  });

  it("refuses own customers and people the supplier received recently, for that supplier only", () => {
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
        match({ lead, scope: suppliersOf(candidates), candidates, relations, at }).map(
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

  it("ranks the higher price first and keeps every eligible campaign of a supplier", () => {
    const candidates = [
      candidate("cheap", { supplierId: "s1", pricePerLeadCents: 2_000 }),
      candidate("dear", { supplierId: "s1", pricePerLeadCents: 9_000 }),
      candidate("middle", { supplierId: "s2", pricePerLeadCents: 5_000 }),
    ];
    const verdicts = match({ lead, scope: suppliersOf(candidates), candidates, relations: [], at: noon });
    expect(verdicts.map(({ candidate: { campaignId }, rank }) => [campaignId, rank])).toEqual([
      ["dear", 1],
      ["middle", 2],
      ["cheap", 3],
    ]);
  });

  it("gives every candidate exactly one verdict, whatever the order of the input", () => {
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

  it("draws evenly between suppliers with equal prices, however many campaigns each has", () => {
    const candidates = [
      candidate("a", { supplierId: "one campaign" }),
      ...["b", "c", "d", "e", "f", "g", "h", "i", "j"].map((id) =>
        candidate(id, { supplierId: "nine campaigns" }),
      ),
    ];
    const leads = Array.from({ length: 2_000 }, (_, index) => ({ ...lead, leadId: `lead-${index}` }));
    const wins = leads.filter((one) => {
      const [best] = match({
        lead: one,
        scope: suppliersOf(candidates),
        candidates,
        relations: [],
        at: noon,
      });
      return best?.candidate.supplierId === "one campaign";
    }).length;
    // Five standard deviations around one half. The draw is deterministic, so this fails only if the rule
    // changes.
    expect(Math.abs(wins - 1_000)).toBeLessThan(112);
  });
});

/** Who gets the lead, within seats, caps and money. */
import fc from "fast-check";
import {
  noon,
  later,
  lead,
  candidate,
  suppliersOf,
  capacity,
  free,
  takeFrom,
  worldArbitrary,
} from "../../../test/support/decision-worlds";
import { type CampaignTerms, type Cap } from "../../offers/campaigns";
import { decide } from "./decision";
import { type Candidate, type Capacity } from "./facts";
import { eligibleOf, match } from "./match";
import { type Seats } from "./take";

describe("taking", () => {
  it("gives seats in ranking order and refuses the rest", () => {
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

  it("lets the first taker fix the seats: an exclusive campaign leaves none", () => {
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

  it("refuses a campaign that wants fewer seats than were fixed", () => {
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

  it("never fixes more seats than there are consented suppliers", () => {
    const candidates = [candidate("c1"), candidate("c2", { maxSeats: 2 })];
    expect(takeFrom(candidates)).toMatchObject({ seats: 2, taken: [{ seat: 1 }, { seat: 2 }] });
    expect(takeFrom(candidates.slice(0, 1))).toMatchObject({ seats: 1 });
  });

  it("uses a supplier's next campaign if its best one is full, and only one of them", () => {
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

  it("refuses a campaign that nobody follows before checking caps and money, and waits for somebody to connect", () => {
    const one = candidate("c1", {
      onlyWhenConnected: true,
      caps: [{ unit: "LEADS", period: "DAY", limit: 1 }],
    });
    const found = (isConnected: boolean, used: number) =>
      takeFrom([one], { capacities: [capacity(one, { isConnected, used: [used] })] });
    expect(found(true, 0).taken).toHaveLength(1);
    expect(found(true, 1).refused[0]?.refusal.reason).toBe("CAP_REACHED");
    for (const used of [0, 1]) {
      const taking = found(false, used);
      expect(taking.refused).toEqual([{ candidate: one, refusal: { reason: "NOBODY_CONNECTED" } }]);
      // There is no `liftsAt`: the lead is tried again when somebody connects.
      expect(taking).toMatchObject({ waiting: true, nextTryAt: null });
    }
    const other = candidate("c2", { supplierId: one.supplierId, pricePerLeadCents: 2_000 });
    const capacities = [capacity(one, { isConnected: false }), capacity(other)];
    expect(takeFrom([one, other], { capacities }).taken[0]?.candidate).toBe(other);
  });

  it("counts caps exactly, in leads and in money", () => {
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

  it("names the full cap that opens last", () => {
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

  it("spends a balance to the last cent and never below zero", () => {
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
  ])("refuses a campaign with %s, and waits for it", (_what, changes) => {
    const one = candidate("c1");
    const taking = takeFrom([one], { capacities: changes ? [capacity(one, changes)] : [] });
    expect(taking).toMatchObject({ refused: [{ refusal: { reason: "CAMPAIGN_CHANGED" } }], waiting: true });
  });

  it("never sends a lead to a supplier twice, nor exceeds the seats left", () => {
    const candidates = [candidate("c1", { supplierId: "s1" }), candidate("c2", { supplierId: "s2" })];
    const seats: Seats = { limit: 3, fixed: 2, taken: 1, suppliersServed: ["s1"] };
    const taking = takeFrom(candidates, { seats });
    expect(taking.refused).toEqual([{ candidate: candidates[0], refusal: { reason: "ALREADY_RECEIVED" } }]);
    expect(taking).toMatchObject({ taken: [{ seat: 2 }], seats: 2, waiting: false });
  });

  it("waits for the schedule that opens first, ignoring campaigns that could no longer have the seat", () => {
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

  it("retries when a pause ends", () => {
    const paused = candidate("c1", { status: "PAUSED", pausedUntil: later(2) });
    expect(takeFrom([paused])).toMatchObject({ waiting: true, nextTryAt: later(2), taken: [] });
    const resumed = match({
      lead,
      scope: suppliersOf([paused]),
      candidates: [paused],
      relations: [],
      at: later(2),
    });
    expect(eligibleOf(resumed)).toEqual([paused]);
  });

  it("throws if a cap is missing from the capacity", () => {
    const one = candidate("c1", { caps: [{ unit: "LEADS", period: "DAY", limit: 5 }] });
    expect(() => takeFrom([one], { capacities: [capacity(one, { capsUsed: [] })] })).toThrow(
      "one entry per cap",
    );
  });

  it("never exceeds seats, caps or balances, serves each supplier once and answers every eligible candidate", () => {
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

/** Recording a decision and replaying it. */
import fc from "fast-check";
import {
  noon,
  later,
  lead,
  candidate,
  suppliersOf,
  capacity,
  free,
  worldArbitrary,
} from "../../../test/support/decision-worlds";
import { type CampaignTerms } from "../../offers/campaigns";
import { decide, type DecisionInput } from "./decision";
import { recordDecision, type DecisionRecord } from "./decision-record";
import { type VerdictRecord } from "./outcome";
import { type LeadFacts } from "./facts";
import { previewRecipients } from "./preview";
import { replay } from "./replay";

describe("a recorded decision", () => {
  const stored = (record: DecisionRecord): DecisionRecord =>
    JSON.parse(JSON.stringify(record)) as DecisionRecord;
  const termsIn =
    ({ candidates }: DecisionInput) =>
    (campaignId: string, version: number): CampaignTerms | undefined =>
      candidates.find((one) => one.campaignId === campaignId && one.version === version)?.terms;
  const recordOf = (world: DecisionInput): DecisionRecord => stored(recordDecision(world, decide(world), 7));

  it("gives the same outcome when it is replayed from JSON", () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const record = recordDecision(world, decide(world), 7);
        expect(stored(record)).toEqual(record);
        expect(replay(stored(record), world.lead, termsIn(world))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("shows a difference for any single change of a verdict", () => {
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

  it("shows a difference for a missing verdict and for a changed consequence", () => {
    const candidates = [candidate("c1"), candidate("c2", { status: "PAUSED" })];
    const world: DecisionInput = {
      lead,
      scope: suppliersOf(candidates),
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

  it("takes today's date from the campaign's time zone, and retries the lead when that day ends", () => {
    const criteria = [{ field: "wantedBy", max: "today+90d" }];
    const [paris, reunion] = [
      candidate("c1", { criteria }),
      candidate("c2", { criteria, timeZone: "Indian/Reunion" }),
    ] as const;
    // 23:30 on the 17th in Paris is 01:30 on the 18th in Réunion.
    const at = new Date("2026-06-17T21:30:00Z");
    const wanted = { ...lead, answers: { wantedBy: "2026-09-16" } };
    const world = {
      ...{ lead: wanted, scope: suppliersOf([paris, reunion]), candidates: [paris, reunion], relations: [] },
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
      previewRecipients({ lead: wanted, candidates: [paris, reunion], at: instant, limit: 5 });
    expect(shownAt(at)).toEqual([reunion]);
    expect(shownAt(new Date(midnight))).toHaveLength(2);
  });

  it("records whether somebody was connected, and still replays records of earlier rules without it", () => {
    const candidates = [candidate("c1", { onlyWhenConnected: true })];
    const worldWith = (isConnected?: boolean): DecisionInput => ({
      ...{ lead, scope: suppliersOf(candidates), candidates, relations: [], seats: free, at: noon },
      capacities: candidates.map((one) => capacity(one, isConnected === undefined ? {} : { isConnected })),
    });
    const refused = recordOf(worldWith(false));
    expect(refused.outcome.verdicts[0]).toMatchObject({ rank: 1, reason: "NOBODY_CONNECTED" });
    const replayed = (record: DecisionRecord) =>
      replay(record, lead, termsIn(worldWith())).map(({ path }) => path);
    expect(replayed(refused)).toEqual([]);
    const connected = {
      ...refused,
      capacities: refused.capacities.map((one) => ({ ...one, isConnected: true })),
    };
    expect(replayed(connected)).toContain("outcome.verdicts.0.reason");
    const earlier = { ...recordOf(worldWith()), rulesVersion: 5 };
    expect(earlier.outcome.verdicts[0]).toMatchObject({ seat: 1 });
    expect(replayed(earlier)).toEqual([]);
  });

  it("does not affect a preview, because presence changes by the minute", () => {
    const absent = candidate("c1", { onlyWhenConnected: true });
    expect(previewRecipients({ lead, candidates: [absent], at: noon, limit: 5 })).toEqual([absent]);
  });

  it("cannot be replayed for another lead, under other rules or without the terms, and says so", () => {
    const candidates = [candidate("c1")];
    const world: DecisionInput = {
      lead,
      scope: suppliersOf(candidates),
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

  it("contains ids, versions and numbers, and nothing of the need", () => {
    const candidates = [candidate("c1", { criteria: [{ field: "makes", oneOf: ["RENAULT"] }] })];
    const text = JSON.stringify(
      recordOf({
        lead,
        scope: suppliersOf(candidates),
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

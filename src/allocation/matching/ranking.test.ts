/** Every ranking rule is a total order, does what is published, and replays with the same result. */
import fc from "fast-check";
import type { CampaignTerms } from "../../offers/campaigns";
import type { RankingRule } from "../../reference/catalogue";
import { decide, type DecisionInput } from "./decision";
import { recordDecision, type DecisionRecord } from "./decision-record";
import type { Candidate, LeadFacts, RankFacts, Ranking } from "./facts";
import { match } from "./match";
import { inRank } from "./ranking";
import { byPrice, rankingRules, unreviewedScore, type RankingStep } from "./ranking-rules";
import { packDecision } from "./pack-decision";
import { replay } from "./replay";
import { unpackDecision } from "./unpack-decision";
import { areComplete, rankFactsOf } from "./rank-facts";

const at = new Date("2026-06-17T10:00:00Z");
const rules = Object.keys(rankingRules) as RankingRule[];
const lead: LeadFacts = {
  leadId: "lead-1",
  product: "TRADE_IN",
  formVersion: 1,
  submittedAt: at,
  answers: {},
  textsAnswered: [],
  place: {
    ...{ inseeCode: "69123", postcode: "69003", commune: "Lyon", departement: "69", region: "84" },
    ...{ country: "FR", arrondissement: null, position: null, precision: "NONE" },
  },
};
const plain: CampaignTerms = {
  ...{ name: "Anything", product: "TRADE_IN", formVersion: 1, site: null, excludedZones: [], criteria: [] },
  ...{ zones: [{ kind: "country", code: "FR" }], pricePerLeadCents: 3_000, caps: [], schedule: [] },
  ...{ timeZone: "Europe/Paris", maxSeats: null, maxAgeHours: 24 },
};
const candidate = (campaignId: string, supplierId: string, pricePerLeadCents = 3_000): Candidate => ({
  ...{ campaignId, supplierId, version: 1, status: "ACTIVE", pausedUntil: null },
  terms: { ...plain, pricePerLeadCents },
});

/** Few distinct values of each fact, so that suppliers are often equal in some of them. */
const suppliers = ["s1", "s2", "s3", "s4", "s5"];
const known = <Fact>(...values: Fact[]) => fc.option(fc.constantFrom(...values));
const bySupplier = <Fact>(fact: fc.Arbitrary<Fact | null>) =>
  fc
    .tuple(...suppliers.map(() => fact))
    .map((facts) => new Map(suppliers.flatMap((id, index) => (facts[index] == null ? [] : [[id, facts[index]]])) as [string, Fact][])); // prettier-ignore
const world = fc
  .record({
    leadId: fc.uuid(),
    rule: fc.constantFrom(...rules),
    drafts: fc.array(
      fc.tuple(fc.constantFrom(...suppliers), fc.constantFrom(2_000, 3_000, 4_500), known(0, 7, 120)),
      { maxLength: 12 },
    ),
    lastReceivedAt: bySupplier(
      known(
        new Date("2026-06-17T09:59:59.998Z"),
        new Date("2026-06-17T09:59:59.999Z"),
        new Date("2025-12-31T23:00:00Z"),
      ),
    ),
    scores: bySupplier(known(0, 49, unreviewedScore, 51, 100)),
  })
  .map(({ leadId, rule, drafts, lastReceivedAt, scores }) => {
    const candidates = drafts.map(([supplierId, price], index) => candidate(`c${index}`, supplierId, price));
    const km = new Map(drafts.flatMap(([, , far], index) => (far === null ? [] : [[`c${index}`, far]])));
    const standings = rankFactsOf(rule, candidates, { lastReceivedAt, km, scores });
    return { leadId, candidates, ranking: { rule, standings } };
  });

/** The published rule expressed as a number, where the lower value comes first. */
const worths: Readonly<Record<RankingStep, (of: Candidate, facts: RankFacts) => number>> = {
  PRICE: ({ terms }) => -terms.pricePerLeadCents,
  TURN: (_, { lastReceivedAt }) => (lastReceivedAt == null ? 0 : Date.parse(lastReceivedAt)),
  DISTANCE: (_, { km }) => km ?? Infinity,
  QUALITY: (_, { score }) => -(score ?? unreviewedScore),
};

describe("every rule", () => {
  it("is a total order, whatever the order of candidates and facts", () => {
    const shuffled = world.chain(({ candidates, ranking, ...rest }) =>
      fc.record({
        ...{ leadId: fc.constant(rest.leadId), candidates: fc.constant(candidates) },
        ranking: fc.constant(ranking),
        others: fc.shuffledSubarray(candidates, { minLength: candidates.length }),
        facts: fc.shuffledSubarray([...ranking.standings], { minLength: ranking.standings.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ leadId, candidates, ranking, others, facts }) => {
        const ranked = inRank(leadId, candidates, ranking);
        expect(inRank(leadId, others, { ...ranking, standings: facts })).toEqual(ranked);
        expect([...ranked].sort(byId)).toEqual([...candidates].sort(byId));
      }),
      { numRuns: 500 },
    );
  });

  it("ranks by the first step that distinguishes two candidates", () => {
    let told = 0;
    fc.assert(
      fc.property(world, ({ leadId, candidates, ranking }) => {
        const ranked = inRank(leadId, candidates, ranking);
        const factsOf = new Map(ranking.standings.map((one) => [one.campaignId, one]));
        const worth = (one: Candidate): number[] =>
          rankingRules[ranking.rule].map((step) =>
            worths[step](one, factsOf.get(one.campaignId) ?? { campaignId: one.campaignId }),
          );
        ranked.slice(1).forEach((later, index) => {
          const [first, second] = [worth(ranked[index] as Candidate), worth(later)];
          const telling = first.findIndex((one, step) => one !== second[step]);
          if (telling < 0) return;
          expect(first[telling]).toBeLessThan(second[telling] as number);
          told += 1;
        });
      }),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(500);
  });

  it.each(rules)("%s: splitting a campaign does not improve a supplier's chance in the draw", (rule) => {
    const candidates = [
      candidate("a", "one campaign"),
      ...["b", "c", "d", "e", "f", "g", "h", "i", "j"].map((id) => candidate(id, "nine campaigns")),
    ];
    const km = new Map(candidates.map(({ campaignId }) => [campaignId, 12]));
    const ranking = { rule, standings: rankFactsOf(rule, candidates, { km }) };
    const wins = Array.from({ length: 2_000 }, (_, index) =>
      inRank(`lead-${index}`, candidates, ranking),
    ).filter(([best]) => best?.supplierId === "one campaign").length;
    // Five standard deviations around one half. The draw is deterministic, so this fails only if the rule
    // changes.
    expect(Math.abs(wins - 1_000)).toBeLessThan(112);
  });

  it("compares turns by the exact instant, and suppliers that received one lead together by price", () => {
    const [dear, cheap] = [candidate("dear", "s1", 9_000), candidate("cheap", "s2", 2_000)];
    const first = (one: string, other: string) => {
      const lastReceivedAt = new Map([["s1", new Date(one)], ["s2", new Date(other)]]); // prettier-ignore
      const rule = "TURN_THEN_PRICE";
      const standings = rankFactsOf(rule, [dear, cheap], { lastReceivedAt });
      return inRank("l", [dear, cheap], { rule, standings })[0]?.campaignId;
    };
    expect(first("2026-06-17T10:00:00.001Z", "2026-06-17T10:00:00.000Z")).toBe("cheap");
    expect(first("2026-06-17T10:00:00.000Z", "2026-06-17T10:00:00.000Z")).toBe("dear");
  });
});

const byId = (a: Candidate, b: Candidate): number => (a.campaignId < b.campaignId ? -1 : 1);

describe("a decision under every rule", () => {
  const inputOf = (candidates: Candidate[], ranking: Ranking, leadId = "lead-1"): DecisionInput => ({
    lead: { ...lead, leadId },
    scope: new Set(candidates.map(({ supplierId }) => supplierId)),
    ...{ candidates, ranking, relations: [] },
    capacities: candidates.map(({ terms: _, pausedUntil: __, ...one }) => ({
      ...one,
      ...{ capsUsed: [], availableCents: 9_000 },
    })),
    ...{ seats: { limit: 3, fixed: null, taken: 0, suppliersServed: [] }, at },
  });
  const recordOf = (input: DecisionInput): DecisionRecord =>
    unpackDecision(input.lead.leadId, packDecision(recordDecision(input, decide(input), 1)));
  const again = (record: DecisionRecord, { lead: facts, candidates }: DecisionInput): string[] =>
    replay(record, facts, (id) => candidates.find(({ campaignId }) => campaignId === id)?.terms).map(
      ({ path }) => path,
    );

  it("replays from its stored form with exactly the facts that its rule used", () => {
    fc.assert(
      fc.property(world, ({ leadId, candidates, ranking }) => {
        const input = inputOf(candidates, ranking, leadId);
        const record = recordOf(input);
        expect(record.rules).toBe(ranking.rule);
        expect(record.standings ?? []).toEqual(ranking.standings);
        expect(areComplete(ranking.rule, candidates, ranking.standings)).toBe(true);
        expect(again(record, input)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const pair = [candidate("c1", "s1"), candidate("c2", "s2")];
  const nearest: Ranking = {
    rule: "NEAREST_THEN_PRICE",
    standings: [
      { campaignId: "c1", km: 3 },
      { campaignId: "c2", km: 40 },
    ],
  };

  it("shows a difference for a fact that was changed, added, removed or made for another rule", () => {
    const input = inputOf(pair, nearest);
    const record = recordOf(input);
    const [one, other] = nearest.standings as [RankFacts, RankFacts];
    const forged = (change: Partial<DecisionRecord>): string[] => again({ ...record, ...change }, input);
    expect(forged({})).toEqual([]);
    expect(forged({ standings: [{ ...one, km: 41 }, other] })).toContain("outcome.verdicts.0.campaignId");
    for (const standings of [
      [one],
      [],
      [one, one],
      [one, { ...other, score: 9 }],
      [one, { campaignId: "c2" }],
    ])
      expect(forged({ standings })).toEqual(["standings"]);
    for (const rule of rules.filter((name) => name !== nearest.rule))
      expect(forged({ rules: rule })).toEqual(["standings"]);
  });

  it("reports an unknown rule before anything else", () => {
    const input = inputOf(pair, nearest);
    const record = { ...recordOf(input), rules: "FIRST_COME" };
    expect(replay(record, lead, () => undefined)).toEqual([
      { path: "rules", recorded: "FIRST_COME", replayed: undefined },
    ]);
    // A property that every object inherits is not a rule.
    expect(again({ ...record, rules: "constructor" }, input)).toEqual(["rules"]);
  });

  it("records no facts for the rule by price, which is also the default", () => {
    const { ranking: _, ...input } = inputOf(pair, nearest);
    const record = recordOf(input);
    expect(record.rules).toBe("PRICE_THEN_DRAW");
    expect(Object.keys(record)).not.toContain("standings");
    expect(match(input)).toEqual(match({ ...input, ranking: byPrice }));
  });
});

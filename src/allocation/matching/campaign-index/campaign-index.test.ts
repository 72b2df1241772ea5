/**
 * Compares the index with a plain evaluation of the terms: in every generated market, both must find the same
 * campaigns. `npm run soak -- index` tries more markets.
 */
import fc from "fast-check";
import type { Criterion } from "../../../offers/campaigns";
import type { RankingRule } from "../../../reference/catalogue";
import type { Place, Zone } from "../../../reference/geo";
import {
  at,
  answer,
  tests,
  range,
  bound,
  day,
  standing,
  draft,
  world,
  needArbitrary,
  needs,
  scopes,
  plain,
  communes,
} from "../../../../test/support/market-worlds";
import { isSoak, roundsOf, say } from "../../../../test/support/rounds";
import type { Candidate } from "../facts";
import { refusalByTerms, type Need } from "../match";
import { previewRecipients } from "../preview";
import { rankingRules } from "../ranking-rules";
import { bestByRule } from "./best";
import { CampaignIndex } from "./campaign-index";

function built(candidates: readonly Candidate[]): CampaignIndex {
  const index = new CampaignIndex();
  for (const candidate of candidates) index.replace(candidate);
  return index;
}
const wantedBy = (candidates: readonly Candidate[], need: Need): string[] =>
  candidates
    .filter((candidate) => refusalByTerms(need, candidate, at) === null)
    .map(({ campaignId }) => campaignId)
    .sort();
const found = (index: CampaignIndex, need: Need, scope?: ReadonlySet<string>): string[] =>
  [...index.matching(need, at, scope).entries()].map(({ campaignId }) => campaignId).sort();

const anywhereInFrance = (campaignId: string, criteria: readonly Criterion[]): Candidate => ({
  campaignId,
  supplierId: "s1",
  version: 1,
  status: "ACTIVE",
  pausedUntil: null,
  terms: { ...plain, product: "CAR", zones: [france], excludedZones: [], criteria, pricePerLeadCents: 2_000 },
});
const france: Zone = { kind: "country", code: "FR" };
const needOf = (answers: Need["answers"], textsAnswered: readonly string[] = []): Need => ({
  product: "CAR",
  answers,
  textsAnswered,
  place: { ...(communes[0] as Place), position: null, precision: "NONE" },
});

describe("the index", () => {
  it("finds exactly the campaigns whose terms accept the need", () => {
    let pairs = 0;
    let matches = 0;
    fc.assert(
      fc.property(fc.oneof(world(0, 40), world(150, 300)), needs, scopes, (candidates, asked, scope) => {
        const index = built(candidates);
        for (const need of asked) {
          const expected = wantedBy(candidates, need);
          expect(found(index, need)).toEqual(expected);
          const named = candidates.filter(({ supplierId }) => scope.has(supplierId));
          expect(found(index, need, scope)).toEqual(wantedBy(named, need));
          pairs += candidates.length;
          matches += expected.length;
        }
      }),
      { numRuns: roundsOf(40) },
    );
    expect(pairs).toBeGreaterThan(10_000);
    expect(matches).toBeGreaterThan(500);
    if (isSoak) say(`the index: ${pairs} pairs of a need and a campaign, ${matches} of them fit`);
  });

  it("accepts an answer exactly as each criterion does, also while campaigns are added between queries", () => {
    const one = fc.oneof(
      { arbitrary: tests, weight: 1 },
      { arbitrary: range, weight: 1 },
      { arbitrary: fc.record({ min: day, max: day }, { requiredKeys: [] }), weight: 1 },
      { arbitrary: fc.record({ min: bound, max: bound }), weight: 1 },
    );
    const given = fc.array(fc.option(answer, { nil: undefined }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        // Only enough ranges make the index choose new cuts after rows were cached.
        fc.oneof(
          fc.array(one, { maxLength: 300, size: "max" }),
          fc.array(range, { minLength: 200, maxLength: 240, size: "max" }),
        ),
        given,
        fc.boolean(),
        (asked, answers, isText) => {
          const candidates = asked.map((test, index) =>
            anywhereInFrance(`c${index}`, [{ field: "f", ...test }]),
          );
          const index = new CampaignIndex();
          for (const [number, candidate] of candidates.entries()) {
            index.replace(candidate);
            if (number % 40 !== 0 && number !== candidates.length - 1) continue;
            for (const value of answers) {
              const need = needOf(value === undefined ? {} : { f: value }, isText ? ["f"] : []);
              expect(found(index, need)).toEqual(wantedBy(candidates.slice(0, number + 1), need));
            }
          }
        },
      ),
      { numRuns: roundsOf(20) },
    );
  });

  it("does not mistake a text for the list it looks like", () => {
    const candidate = anywhereInFrance("c", [{ field: "f", oneOf: ["A"] }]);
    const index = built([candidate]);
    expect(found(index, needOf({ f: ["A", "B"] }))).toEqual(["c"]);
    expect(found(index, needOf({ f: '["A","B"]' }))).toEqual([]);
  });

  it("returns the same best suppliers as a preview", () => {
    fc.assert(
      fc.property(world(0, 60), needArbitrary, fc.integer({ min: 0, max: 5 }), (candidates, need, limit) => {
        const lead = { ...need, leadId: "preview" };
        const best = built(candidates).best({ lead, at, limit });
        const expected = previewRecipients({ lead, candidates, at, limit });
        expect(best.map(({ campaignId }) => campaignId)).toEqual(
          expected.map(({ campaignId }) => campaignId),
        );
      }),
      { numRuns: 200 },
    );
  });

  /** Few distinct values, so that many are equal; some campaigns have none. */
  const standings = fc.array(
    fc.record({
      lastReceivedAt: fc.option(fc.constantFrom("2026-06-17T09:59:59.999Z", "2025-12-31T23:00:00.000Z")),
      km: fc.option(fc.constantFrom(0, 7, 120)),
      score: fc.option(fc.constantFrom(0, 50, 100)),
    }),
    { minLength: 60, maxLength: 60 },
  );
  it("returns, for every rule, the same best suppliers as sorting all campaigns", () => {
    const rule = fc.constantFrom(...(Object.keys(rankingRules) as RankingRule[]));
    let named = 0;
    fc.assert(
      fc.property(
        fc.record({ candidates: world(0, 60), need: needArbitrary, limit: fc.nat(5), rule, standings }),
        ({ candidates, need, limit, rule: name, standings: facts }) => {
          const lead = { ...need, leadId: "preview" };
          const ranking = {
            rule: name,
            standings: facts.map((one, index) => ({ campaignId: `c${index}`, ...one })),
          };
          const entries = built(candidates).matching(need, at).entries();
          const best = bestByRule(entries, ranking, { leadId: lead.leadId, limit });
          const expected = previewRecipients({ lead, candidates, ranking, at, limit });
          expect(best.map(({ campaignId }) => campaignId)).toEqual(
            expected.map(({ campaignId }) => campaignId),
          );
          named += best.length;
        },
      ),
      { numRuns: 300 },
    );
    // A single run may find few; none at all would mean that nothing was compared.
    expect(named).toBeGreaterThan(50);
  });

  const change = fc.oneof(
    fc.record({ what: fc.constant("replace" as const), which: fc.nat(90), draft }),
    fc.record({ what: fc.constant("stand" as const), which: fc.nat(90), standing }),
    fc.record({ what: fc.constant("remove" as const), which: fc.nat(90) }),
    fc.record({ what: fc.constant("ask" as const), need: needArbitrary }),
  );
  it("answers after any sequence of changes like a freshly built index", () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 0, maxLength: 250, size: "max" }),
        needs,
        (changes, asked) => {
          const model = new Map<string, Candidate>();
          const index = new CampaignIndex();
          for (const one of changes) {
            if (one.what === "ask") {
              // Rows cached from here on must follow the later changes.
              expect(found(index, one.need)).toEqual(wantedBy([...model.values()], one.need));
              continue;
            }
            apply(one, model, index);
          }
          for (const need of asked)
            expect(found(index, need)).toEqual(found(built([...model.values()]), need));
          expect(index.size).toBe([...model.values()].filter(({ status }) => status !== "ARCHIVED").length);
        },
      ),
      { numRuns: roundsOf(40) },
    );
  });

  function apply(
    one: Exclude<typeof change extends fc.Arbitrary<infer Change> ? Change : never, { what: "ask" }>,
    model: Map<string, Candidate>,
    index: CampaignIndex,
  ): void {
    const campaignId = `c${one.which}`;
    const known = model.get(campaignId);
    if (one.what === "remove") {
      model.delete(campaignId);
      index.remove(campaignId);
    } else if (one.what === "replace") {
      const candidate = { ...one.draft, campaignId };
      model.set(campaignId, candidate);
      index.replace(candidate);
    } else {
      const isHere = known !== undefined && known.status !== "ARCHIVED";
      if (isHere) model.set(campaignId, { ...known, ...one.standing });
      expect(index.setState(campaignId, one.standing)).toBe(isHere);
    }
  }
});

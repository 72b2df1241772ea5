/**
 * The terms are evaluated in three places: by `refusalByTerms`, by the index and by the explanation. In every
 * generated market, all three agree on which campaigns want a need, and the explanation starts with the
 * recorded reason.
 */
import fc from "fast-check";
import { at, needs, scopes, world } from "../../../test/support/market-worlds";
import { disagreements } from "./disagreements";
import { CampaignIndex } from "./campaign-index/campaign-index";
import type { Candidate, LeadFacts } from "./facts";
import { match, refusalByTerms, type Need } from "./match";
import { obstaclesByTerms } from "./obstacles";

const indexOf = (candidates: readonly Candidate[]): CampaignIndex => {
  const index = new CampaignIndex();
  for (const candidate of candidates) index.replace(candidate);
  return index;
};
const factsOf = (need: Need): LeadFacts => ({ ...need, leadId: "lead", formVersion: 1, submittedAt: at });

describe("the terms, the index and the explanation", () => {
  it("find the same campaigns, and the explanation starts with the refusal by the terms", () => {
    let pairs = 0;
    const reasons = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(world(0, 40), world(100, 150)), needs, (candidates, asked) => {
        const index = indexOf(candidates);
        for (const need of asked) {
          const found = new Set([...index.matching(need, at).entries()].map(({ campaignId }) => campaignId));
          for (const candidate of candidates) {
            const refusal = refusalByTerms(need, candidate, at);
            const [first] = obstaclesByTerms(need, candidate, at);
            expect(found.has(candidate.campaignId)).toBe(refusal === null);
            expect(first && { ...first, gap: undefined, criterion: undefined }).toEqual(refusal ?? undefined);
            reasons.add(refusal?.reason ?? "none");
          }
          pairs += candidates.length;
        }
      }),
      { numRuns: 40 },
    );
    expect(pairs).toBeGreaterThan(10_000);
    expect([...reasons].sort()).toEqual([
      "CAMPAIGN_NOT_ACTIVE",
      "CRITERION_NOT_MET",
      "IN_EXCLUDED_ZONE",
      "OTHER_PRODUCT",
      "OUTSIDE_ZONES",
      "PLACE_NOT_PRECISE",
      "none",
    ]);
  });

  it("agree on every decision about consented suppliers, and skip candidates that have changed since", () => {
    fc.assert(
      fc.property(world(1, 60), needs, scopes, fc.nat(), (candidates, asked, scope, which) => {
        const index = indexOf(candidates);
        for (const need of asked) {
          const answer = index.evaluate(candidates, need, at);
          // The index does not hold archived campaigns, and those of another product are not asked about.
          const filed = candidates.filter(({ status }) => status !== "ARCHIVED");
          const known =
            need.product === "UNKNOWN" ? [] : filed.filter(({ terms }) => terms.product === need.product);
          expect([...answer.fits.keys()].sort()).toEqual(known.map(({ campaignId }) => campaignId).sort());
          const verdicts = match({ lead: factsOf(need), scope, candidates, relations: [], at });
          expect(disagreements(verdicts, answer)).toEqual([]);
        }
        const moved = candidates.map((one, index_) =>
          index_ === which % candidates.length ? { ...one, version: one.version + 1 } : one,
        );
        const [need] = asked as [Need];
        const movedId = moved[which % candidates.length]?.campaignId ?? "";
        expect(index.evaluate(moved, need, at).fits.has(movedId)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("report the campaigns about which they differ", () => {
    fc.assert(
      fc.property(world(1, 30), needs, (candidates, [need]) => {
        fc.pre(need !== undefined);
        const scope = new Set(candidates.map(({ supplierId }) => supplierId));
        const verdicts = match({ lead: factsOf(need), scope, candidates, relations: [], at });
        const { market, fits } = indexOf(candidates).evaluate(candidates, need, at);
        const turned = new Map([...fits].map(([id, fit]) => [id, !fit]));
        expect(disagreements(verdicts, { market, fits: turned }).sort()).toEqual([...fits.keys()].sort());
      }),
    );
  });
});

import { candidate, capacity, free, later, lead, suppliersOf } from "../../../test/support/decision-worlds";
import {
  decide,
  recordDecision,
  refusalReasons,
  type Candidate,
  type DecisionRecord,
} from "../../allocation/matching";
import { notSentOf } from "./not-sent";

const recordOf = (candidates: readonly Candidate[], scope = suppliersOf(candidates)): DecisionRecord => {
  const input = {
    ...{ lead, scope, candidates, relations: [], seats: free, at: later(0) },
    capacities: candidates.map((one) => capacity(one)),
  };
  return recordDecision(input, decide(input), 1);
};
const elsewhere = { zones: [{ kind: "departement" as const, code: "75" }] };
const dearer = { criteria: [{ field: "budgetEuros", min: 90_000 }] };

describe("notSentOf", () => {
  it("returns the person's place or answer when that is the only obstacle", () => {
    const of = (...changes: Parameters<typeof candidate>[1][]) =>
      notSentOf(
        recordOf(changes.map((one, index) => candidate(`c${index}`, { ...one, supplierId: "s1" }))),
        "s1",
      );
    expect(of(elsewhere)).toEqual({ reason: "PLACE", field: null });
    expect(of(dearer)).toEqual({ reason: "ANSWER", field: "budgetEuros" });
    expect(of(elsewhere, dearer)).toEqual({ reason: "ANSWER", field: "budgetEuros" });
    expect(of(elsewhere, { status: "PAUSED" })).toEqual({ reason: "CIRCUMSTANCES", field: null });
    expect(of({})).toBeNull();
    expect(of(elsewhere, {})).toBeNull();
  });

  it("returns null before a decision and for suppliers outside the consent's scope", () => {
    expect(notSentOf(undefined, "s1")).toBeNull();
    expect(
      notSentOf(recordOf([candidate("c1", { ...elsewhere, supplierId: "s1" })], new Set(["s2"])), "s1"),
    ).toBeNull();
    // A supplier without any campaign left.
    expect(notSentOf(recordOf([], new Set(["s1"])), "s1")).toEqual({ reason: "CIRCUMSTANCES", field: null });
  });

  it("returns the same for every reason that concerns the supplier or another request", () => {
    const record = recordOf([candidate("c1", { ...elsewhere, supplierId: "s1" })]);
    const told = refusalReasons.map((reason) => {
      const verdicts = [{ campaignId: "c1", rank: null, reason }];
      return [reason, notSentOf({ ...record, outcome: { ...record.outcome, verdicts } }, "s1")?.reason];
    });
    const own = told.filter(([, reason]) => reason !== "CIRCUMSTANCES").map(([reason]) => reason);
    expect(own.sort()).toEqual([
      "CRITERION_NOT_MET",
      "IN_EXCLUDED_ZONE",
      "OUTSIDE_ZONES",
      "PLACE_NOT_PRECISE",
    ]);
  });
});

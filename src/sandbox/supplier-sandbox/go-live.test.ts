import { goLiveOf, missingChecks, nothing, type Drill } from "./go-live";

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 26, 9, minute));
const outcome = { hasExternalId: true, reportedAt: at(1) };
const survived: Drill = { leadId: "the-lead", servedAt: at(2), acknowledgedAt: at(3), outcomes: [outcome] };
const duplicateAfter = (...drills: Drill[]) => goLiveOf({ ...nothing, drills }).survivedDuplicate;

describe("the go-live checks", () => {
  it("are all missing at first, each with what to do", () => {
    const missing = missingChecks(goLiveOf(nothing));
    expect(missing.map(({ check }) => check)).toEqual([
      "acknowledgedMatch",
      "acknowledgedRevocation",
      "survivedDuplicate",
    ]);
    for (const { todo } of missing) expect(todo).toMatch(/sandbox\w+/);
  });

  it("stay passed once each has passed, whatever happens later", () => {
    const failed = { ...survived, outcomes: [outcome, outcome] };
    const passed = goLiveOf({
      matchAcknowledgedAt: at(0),
      revocationAcknowledgedAt: at(1),
      drills: [failed, survived],
    });
    expect(missingChecks(passed)).toEqual([]);
    expect(passed.survivedDuplicate).toEqual({ passedAt: at(3), todo: null });
  });

  it("pass a duplicate at the time of the report or the acknowledgement, whichever is later", () => {
    expect(duplicateAfter(survived).passedAt).toEqual(at(3));
    const late = { ...survived, outcomes: [{ ...outcome, reportedAt: at(9) }] };
    expect(duplicateAfter(late).passedAt).toEqual(at(9));
  });

  it.each<[string, Partial<Drill>, string]>([
    ["it was not read again", { servedAt: null, acknowledgedAt: null }, "comes a second time"],
    ["the second copy was not acknowledged", { acknowledgedAt: null }, "Acknowledge the second copy"],
    ["nothing was reported", { outcomes: [] }, "Report one outcome"],
    ["the report names no record", { outcomes: [{ ...outcome, hasExternalId: false }] }, "has no externalId"],
    ["two records were reported", { outcomes: [outcome, outcome] }, "Failed for lead the-lead: 2 outcomes"],
  ])("do not pass a duplicate when %s, and explain this for the newest drill", (_, change, todo) => {
    const check = duplicateAfter({ ...survived, ...change }, { ...survived, outcomes: [] });
    expect(check.passedAt).toBeNull();
    expect(check.todo?.EN).toContain(todo);
    expect(check.todo?.FR).toContain("the-lead");
  });
});

import fc from "fast-check";
import { type MissReason } from "./miss";
import { summarizeMisses, type CountedMiss, type MissSummary } from "./miss-summary";
import { People } from "./people";

interface MissedRequest {
  readonly person: number;
  readonly reason: MissReason;
  readonly field?: string;
  readonly obstacles?: CountedMiss["miss"]["obstacles"];
}

function result(requests: readonly MissedRequest[], sampledOneIn = 1): MissSummary {
  const people = new People();
  const misses = requests.map(({ person, reason, field, obstacles = [] }, index): CountedMiss => ({
    request: people.add([`mail ${String(person)}`]),
    leadId: `lead ${String(index)} of ${String(person)}`,
    miss: { reason, criterion: field === undefined ? null : { field }, obstacles },
  }));
  return summarizeMisses(misses, {
    people,
    sampledOneIn,
    drawOf: (leadId) => [...leadId].reverse().join(""),
  });
}

const times = (count: number, asked: (index: number) => MissedRequest): MissedRequest[] =>
  Array.from({ length: count }, (_, index) => asked(index));

describe("the summary of missed leads", () => {
  it("names a reason from five people on, and not for five requests of one person", () => {
    expect(result(times(4, (person) => ({ person, reason: "CAP_REACHED" })))).toEqual({
      reasons: [],
      otherPeople: 0,
    });
    expect(result(times(5, () => ({ person: 1, reason: "CAP_REACHED" })))).toEqual({
      reasons: [],
      otherPeople: 0,
    });
    const { reasons } = result(times(5, (person) => ({ person, reason: "CAP_REACHED" })));
    expect(reasons).toEqual([expect.objectContaining({ reason: "CAP_REACHED", people: 5 })]);
    expect(reasons[0]?.samples).toHaveLength(3);
  });

  it("takes samples only if five people share all obstacles, because a rare combination would reveal answers", () => {
    const unmet = (...fields: string[]) =>
      fields.map((field) => ({ reason: "CRITERION_NOT_MET" as const, criterion: { field } }));
    const rare = times(4, (person) => ({
      ...{ person, reason: "CRITERION_NOT_MET" as const, field: "wantedBy" },
      obstacles: unmet("wantedBy", "budgetEuros"),
    }));
    const alike = (count: number) =>
      times(count, (index) => ({
        ...{ person: 10 + index, reason: "CRITERION_NOT_MET" as const, field: "wantedBy" },
        obstacles: unmet("wantedBy"),
      }));
    const [few] = result([...rare, ...alike(4)]).reasons;
    expect(few).toMatchObject({ people: 5, samples: [] });
    const [many] = result([...rare, ...alike(5)]).reasons;
    expect(many?.samples).toHaveLength(3);
    for (const leadId of many?.samples ?? []) expect(leadId).toMatch(/ of 1\d$/);
  });

  it("puts rare reasons into a rest with the same minimum", () => {
    const few = [
      ...times(3, (person) => ({ person, reason: "TOO_OLD" as const })),
      ...times(4, (person) => ({ person: person + 2, reason: "CAP_REACHED" as const })),
    ];
    // Six people, one of whom is in both groups.
    expect(result(few)).toEqual({ reasons: [], otherPeople: 5 });
    expect(result(few.slice(0, 4))).toEqual({ reasons: [], otherPeople: 0 });
  });

  it("separates criteria and puts the most frequent first", () => {
    const { reasons } = result([
      ...times(6, (person) => ({ person, reason: "CRITERION_NOT_MET" as const, field: "makes" })),
      ...times(11, (person) => ({ person, reason: "CRITERION_NOT_MET" as const, field: "budgetEuros" })),
    ]);
    expect(reasons.map(({ criterion, people }) => [criterion?.field, people])).toEqual([
      ["budgetEuros", 10],
      ["makes", 5],
    ]);
  });

  it("scales up from a sample, but applies the minimum before scaling", () => {
    expect(
      result(
        times(4, (person) => ({ person, reason: "TOO_OLD" })),
        100,
      ).reasons,
    ).toEqual([]);
    expect(
      result(
        times(7, (person) => ({ person, reason: "TOO_OLD" })),
        3,
      ).reasons[0]?.people,
    ).toBe(20);
  });

  const asked = fc.record({
    person: fc.nat({ max: 30 }),
    reason: fc.constantFrom<MissReason>("CAP_REACHED", "CHOSE_OTHERS", "TOO_OLD", "OTHERS_WERE_FIRST"),
  });
  const requests = fc.array(asked, { maxLength: 120 });

  it("never shows a group of fewer than five people, and at most three samples, each of another person", () => {
    fc.assert(
      fc.property(requests, (all) => {
        const { reasons, otherPeople } = result(all);
        const peopleOf = (wanted: (reason: MissReason) => boolean): number =>
          new Set(all.filter(({ reason }) => wanted(reason)).map(({ person }) => person)).size;
        const named = new Set(reasons.map(({ reason }) => reason));
        for (const { reason, people, samples } of reasons) {
          const there = peopleOf((one) => one === reason);
          expect(there).toBeGreaterThanOrEqual(5);
          expect(people).toBe(there - (there % 5));
          const persons = samples.map((sample) => sample.replace(/.* of /, ""));
          expect(persons).toHaveLength(3);
          expect(new Set(persons).size).toBe(3);
        }
        const rest = peopleOf((one) => !named.has(one));
        expect(otherPeople).toBe(rest < 5 ? 0 : rest - (rest % 5));
      }),
    );
  });

  it("changes only in whole steps for one more person, and not at all for another request with the same reason", () => {
    fc.assert(
      fc.property(requests, asked, (all, one) => {
        const counts = ({ reasons }: MissSummary): Map<string, number> =>
          new Map(reasons.map(({ reason, people }) => [reason, people]));
        const [before, after] = [counts(result(all)), counts(result([...all, one]))];
        const isKnown = all.some(({ person, reason }) => person === one.person && reason === one.reason);
        if (isKnown) expect(after).toEqual(before);
        for (const [reason, people] of after) expect([0, 5]).toContain(people - (before.get(reason) ?? 0));
      }),
    );
  });
});

import fc from "fast-check";
import { minPeople, disclosableCount } from "./disclosable-count";

const group = fc
  .tuple(fc.nat({ max: 200 }), fc.nat({ max: 500 }))
  .map(([people, more]) => ({ people, count: people === 0 ? 0 : people + more }));

describe("a disclosable count", () => {
  it("is 0 for four people, however many requests they made, and shown for five", () => {
    expect(disclosableCount({ people: 4, count: 400 })).toBe(0);
    expect(disclosableCount({ people: 5, count: 5 })).toBe(5);
    expect(disclosableCount({ people: 5, count: 14 })).toBe(10);
  });

  it("is a multiple of five, never more than the count, and 0 for fewer than five people", () => {
    fc.assert(
      fc.property(group, ({ people, count }) => {
        const shown = disclosableCount({ people, count });
        expect(shown % 5).toBe(0);
        expect(shown).toBeLessThanOrEqual(count);
        expect(count - shown).toBeLessThan(people < minPeople ? Infinity : 5);
        if (people < minPeople) expect(shown).toBe(0);
        else expect(shown).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  it("changes by a whole step or not at all when one person is added", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), (people) => {
        const more = disclosableCount({ people: people + 1, count: people + 1 });
        expect([0, 5]).toContain(more - disclosableCount({ people, count: people }));
      }),
    );
  });
});

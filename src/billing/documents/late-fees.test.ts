import fc from "fast-check";
import { interestOn, lateParts, type Change, type LateInvoice } from "./late-fees";

const dayMs = 86_400_000;
const dueOn = "2026-01-31";
const dayOf = (offset: number): string =>
  new Date(Date.parse(dueOn) + offset * dayMs).toISOString().slice(0, 10);

/**
 * Reference implementation, day by day: the amount open at the start of the day, after all changes of earlier
 * days.
 */
function openDays({ owedCents, changes }: LateInvoice, today: string): number {
  let sum = 0;
  for (let day = 1; dayOf(day) <= today; day++) {
    const before = changes.filter((one) => one.day < dayOf(day)).reduce((all, { cents }) => all + cents, 0);
    sum += Math.max(0, owedCents - before);
  }
  return sum;
}

const changesArbitrary: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    day: fc.integer({ min: -20, max: 60 }).map(dayOf),
    cents: fc.integer({ min: -500, max: 900 }),
  }),
  { maxLength: 6 },
);

describe("the amount open after the due date", () => {
  it("matches a calculation day by day", () => {
    fc.assert(
      fc.property(
        fc.nat(2_000),
        changesArbitrary,
        fc.integer({ min: -5, max: 70 }),
        (owedCents, changes, offset) => {
          const invoice = { dueOn, owedCents, changes };
          const parts = lateParts(invoice, dayOf(offset));
          expect(parts.reduce((sum, { openCents, days }) => sum + openCents * days, 0)).toBe(
            openDays(invoice, dayOf(offset)),
          );
        },
      ),
    );
  });

  it("excludes what was paid by the due date, and ends with the payment", () => {
    const paid = (day: number) => ({ dueOn, owedCents: 1_000, changes: [{ day: dayOf(day), cents: 1_000 }] });
    expect(lateParts(paid(0), dayOf(40))).toEqual([]);
    expect(lateParts(paid(10), dayOf(40))).toEqual([{ openCents: 1_000, days: 10 }]);
    expect(lateParts(paid(50), dayOf(40))).toEqual([{ openCents: 1_000, days: 40 }]);
  });

  it("bears interest exact to the cent", () => {
    expect(interestOn([{ openCents: 120_000, days: 30 }], 1240)).toBe(1223);
    expect(
      interestOn(
        [
          { openCents: 60_000, days: 30 },
          { openCents: 60_000, days: 30 },
        ],
        1240,
      ),
    ).toBe(1223);
    expect(interestOn([], 1240)).toBe(0);
  });
});

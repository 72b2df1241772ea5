import fc from "fast-check";
import { netOf, vatOn } from "../../account/ledger";
import { takeAdvances, type Advance } from "./advances";

const deposit = (inclVatCents: number, id: string): Advance => {
  const netCents = netOf(inclVatCents, "STANDARD");
  return { id, netCents, vatCents: inclVatCents - netCents };
};
const sum = (parts: readonly { netCents: number; vatCents: number }[]) => ({
  netCents: parts.reduce((total, { netCents }) => total + netCents, 0),
  vatCents: parts.reduce((total, { vatCents }) => total + vatCents, 0),
});

describe("advances", () => {
  it("are used oldest first, the last one in part", () => {
    const taken = takeAdvances([deposit(12_000, "a"), deposit(12_000, "b")], {
      netCents: 15_000,
      vatCents: 3000,
    });
    expect(taken.uses).toEqual([
      { id: "a", netCents: 10_000, vatCents: 2000 },
      { id: "b", netCents: 5000, vatCents: 1000 },
    ]);
    expect(taken.roundingCents).toBe(0);
  });

  it("are used in full when they do not cover the invoice", () => {
    const taken = takeAdvances([deposit(12_000, "a")], { netCents: 15_000, vatCents: 3000 });
    expect(taken.uses).toEqual([{ id: "a", netCents: 10_000, vatCents: 2000 }]);
  });

  it("never use more than the net invoiced, never leave only VAT to pay, and report every cent of rounding", () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        amounts,
        fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1 }),
        (paid, invoices) => {
          let pool = paid.map((incl, index) => deposit(incl, String(index)));
          let rounding = 0;
          for (const netCents of invoices) {
            const total = { netCents, vatCents: vatOn(netCents, "STANDARD") };
            const held = sum(pool);
            const taken = takeAdvances(pool, total);
            const used = sum(taken.uses);
            rounding += taken.roundingCents;
            expect(used.netCents).toBe(Math.min(held.netCents, netCents));
            const open = { netCents: netCents - used.netCents, vatCents: total.vatCents - used.vatCents };
            expect(open.vatCents).toBeGreaterThanOrEqual(0);
            if (open.netCents === 0) expect(open.vatCents).toBe(0);
            const uses = new Map(taken.uses.map((use) => [use.id, use]));
            const last = taken.uses.at(-1)?.id;
            pool = pool.flatMap((advance) => {
              const use = uses.get(advance.id);
              if (!use) return [advance];
              const netLeft = advance.netCents - use.netCents;
              const vatLeft = advance.vatCents - use.vatCents + (use.id === last ? taken.roundingCents : 0);
              expect(vatLeft).toBeGreaterThanOrEqual(0);
              return netLeft === 0 && vatLeft === 0
                ? []
                : [{ id: advance.id, netCents: netLeft, vatCents: vatLeft }];
            });
          }
          expect(Math.abs(rounding)).toBeLessThanOrEqual(invoices.length + paid.length);
        },
      ),
    );
  });
});

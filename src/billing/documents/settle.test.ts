import fc from "fast-check";
import { vatOn } from "../../account/ledger";
import { creditOpen, partOf, settle } from "./settle";

const document = fc
  .integer({ min: 1, max: 100_000_000_000 })
  .map((netCents) => ({ id: String(netCents), netCents, vatCents: vatOn(netCents, "STANDARD") }));
const sum = (parts: readonly { netCents: number; vatCents: number }[]): number =>
  parts.reduce((total, { netCents, vatCents }) => total + netCents + vatCents, 0);

describe("a payment", () => {
  it("settles the first document in full and the next in part, without losing a cent", () => {
    const open = [
      { id: "a", netCents: 10_000, vatCents: 2000 },
      { id: "b", netCents: 10_000, vatCents: 2000 },
    ];
    expect(settle(open, 18_000)).toEqual({
      parts: [
        { id: "a", netCents: 10_000, vatCents: 2000 },
        { id: "b", netCents: 5000, vatCents: 1000 },
      ],
      restCents: 0,
    });
    expect(settle(open, 30_000).restCents).toBe(6000);
  });

  it("equals the sum of its parts and the remainder", () => {
    fc.assert(
      fc.property(fc.array(document), fc.integer({ min: 1, max: 200_000_000_000 }), (open, paid) => {
        const { parts, restCents } = settle(open, paid);
        expect(sum(parts) + restCents).toBe(paid);
        expect(restCents === 0 || sum(parts) === sum(open)).toBe(true);
      }),
    );
  });

  it("settles net and VAT exactly in any number of parts, and never more than either", () => {
    fc.assert(
      fc.property(
        document,
        fc.array(fc.nat({ max: 10_000 }), { maxLength: 8 }),
        ({ netCents, vatCents }, shares) => {
          let open = { netCents, vatCents };
          for (const share of [...shares, 10_000]) {
            const whole = open.netCents + open.vatCents;
            if (whole === 0) break;
            const part = partOf(open, Number((BigInt(whole) * BigInt(share)) / 10_000n));
            open = { netCents: open.netCents - part.netCents, vatCents: open.vatCents - part.vatCents };
            expect(
              Math.min(open.netCents, open.vatCents, part.netCents, part.vatCents),
            ).toBeGreaterThanOrEqual(0);
          }
          expect(open).toEqual({ netCents: 0, vatCents: 0 });
        },
      ),
    );
  });
});

describe("a credit note", () => {
  it("first reduces what is open, then credits what was paid", () => {
    expect(creditOpen({ netCents: 30, vatCents: 6 }, { netCents: 100, vatCents: 20 })).toEqual({
      open: { netCents: 30, vatCents: 6 },
      paid: { netCents: 70, vatCents: 14 },
    });
  });
});

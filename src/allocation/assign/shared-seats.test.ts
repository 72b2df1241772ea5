import fc from "fast-check";
import { sharedSeats, type RepeatDelivery, type OwnSeats, type Sharing } from "./shared-seats";

const nobody: OwnSeats = { seats: null, deliveries: [] };
const sharing = (change: Partial<Sharing> = {}): Sharing => ({
  own: nobody,
  repeats: [],
  limit: 3,
  consented: ["a", "b", "c", "d"],
  ...change,
});
const shared = (supplierId: string): RepeatDelivery => ({ supplierId, maxSeats: null });

describe("the seats of repeat requests", () => {
  it("are the lead's own if nothing is repeated", () => {
    expect(sharedSeats(sharing())).toEqual({ limit: 3, fixed: null, taken: 0, suppliersServed: [] });
    const own = { seats: 2, deliveries: [{ supplierId: "a", seat: 1 }] };
    expect(sharedSeats(sharing({ own }))).toEqual({
      limit: 3,
      fixed: 2,
      taken: 1,
      suppliersServed: ["a"],
    });
  });

  it("are reduced by suppliers that hold one through another of the requests", () => {
    expect(sharedSeats(sharing({ repeats: [shared("a")] }))).toEqual({
      limit: 3,
      fixed: 3,
      taken: 1,
      suppliersServed: ["a"],
    });
  });

  it("are no more than there are suppliers to reach", () => {
    expect(sharedSeats(sharing({ repeats: [shared("a")], consented: ["a", "b"] })).fixed).toBe(2);
    expect(sharedSeats(sharing({ repeats: [shared("z")], consented: ["b"] })).fixed).toBe(2);
  });

  it("are gone if a supplier bought one of the requests exclusively", () => {
    const repeats = [{ supplierId: "a", maxSeats: 1 }];
    expect(sharedSeats(sharing({ repeats }))).toMatchObject({ limit: 1, fixed: 1, taken: 1 });
  });

  it("include a seat once given, even if rights through other requests have ended since", () => {
    const own = { seats: 3, deliveries: [{ supplierId: "b", seat: 2 }] };
    expect(sharedSeats(sharing({ own })).taken).toBe(2);
  });

  const kinArbitrary = fc.array(
    fc.record({ supplierId: fc.constantFrom("a", "b", "c", "d"), maxSeats: fc.constantFrom(null, 1, 2, 3) }),
    { maxLength: 3 },
  );

  it("never exceed the product's seats, what any supplier bought, or what was promised", () => {
    fc.assert(
      fc.property(kinArbitrary, fc.constantFrom(null, 1, 2, 3), (repeats, seats) => {
        const own = { seats, deliveries: seats === null ? [] : [{ supplierId: "z", seat: 1 }] };
        const answer = sharedSeats(sharing({ own, repeats }));
        const bound = answer.fixed ?? answer.limit;
        expect(bound).toBeLessThanOrEqual(
          seats ?? Math.min(3, ...repeats.map(({ maxSeats }) => maxSeats ?? 3)),
        );
        expect(answer.fixed === null).toBe(seats === null && repeats.length === 0);
        expect(answer.taken).toBeGreaterThanOrEqual(own.deliveries.length + repeats.length);
        for (const { supplierId } of repeats) expect(answer.suppliersServed).toContain(supplierId);
      }),
    );
  });
});

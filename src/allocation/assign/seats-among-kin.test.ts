import fc from "fast-check";
import { seatsAmongKin, type KinDelivery, type OwnSeats, type Sharing } from "./seats-among-kin";

const nobody: OwnSeats = { seats: null, deliveries: [] };
const sharing = (change: Partial<Sharing> = {}): Sharing => ({
  own: nobody,
  kin: [],
  limit: 3,
  consented: ["a", "b", "c", "d"],
  ...change,
});
const shared = (supplierId: string): KinDelivery => ({ supplierId, maxSeats: null });

describe("seats among kin", () => {
  it("are the lead's own where nothing is repeated", () => {
    expect(seatsAmongKin(sharing())).toEqual({ limit: 3, fixed: null, taken: 0, suppliersServed: [] });
    const own = { seats: 2, deliveries: [{ supplierId: "a", seat: 1 }] };
    expect(seatsAmongKin(sharing({ own }))).toEqual({
      limit: 3,
      fixed: 2,
      taken: 1,
      suppliersServed: ["a"],
    });
  });

  it("are fewer by those that hold one through a request of the kin", () => {
    expect(seatsAmongKin(sharing({ kin: [shared("a")] }))).toEqual({
      limit: 3,
      fixed: 3,
      taken: 1,
      suppliersServed: ["a"],
    });
  });

  it("are no more than there are suppliers to reach", () => {
    expect(seatsAmongKin(sharing({ kin: [shared("a")], consented: ["a", "b"] })).fixed).toBe(2);
    expect(seatsAmongKin(sharing({ kin: [shared("z")], consented: ["b"] })).fixed).toBe(2);
  });

  it("are gone when somebody of the kin bought it for itself alone", () => {
    const kin = [{ supplierId: "a", maxSeats: 1 }];
    expect(seatsAmongKin(sharing({ kin }))).toMatchObject({ limit: 1, fixed: 1, taken: 1 });
  });

  it("count a seat once given, though rights through kin have ended since", () => {
    const own = { seats: 3, deliveries: [{ supplierId: "b", seat: 2 }] };
    expect(seatsAmongKin(sharing({ own })).taken).toBe(2);
  });

  const kinArbitrary = fc.array(
    fc.record({ supplierId: fc.constantFrom("a", "b", "c", "d"), maxSeats: fc.constantFrom(null, 1, 2, 3) }),
    { maxLength: 3 },
  );

  it("are never more than the product's, than what anybody bought, or than was promised", () => {
    fc.assert(
      fc.property(kinArbitrary, fc.constantFrom(null, 1, 2, 3), (kin, seats) => {
        const own = { seats, deliveries: seats === null ? [] : [{ supplierId: "z", seat: 1 }] };
        const answer = seatsAmongKin(sharing({ own, kin }));
        const bound = answer.fixed ?? answer.limit;
        expect(bound).toBeLessThanOrEqual(seats ?? Math.min(3, ...kin.map(({ maxSeats }) => maxSeats ?? 3)));
        expect(answer.fixed === null).toBe(seats === null && kin.length === 0);
        expect(answer.taken).toBeGreaterThanOrEqual(own.deliveries.length + kin.length);
        for (const { supplierId } of kin) expect(answer.suppliersServed).toContain(supplierId);
      }),
    );
  });
});

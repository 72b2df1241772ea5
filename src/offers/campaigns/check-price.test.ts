import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkPrice, type PriceInput } from "./check-price";

const now = new Date("2026-11-30T12:00:00Z");
const check = (change: Partial<PriceInput> = {}) =>
  checkPrice({ product: "NEW_CAR", floorCents: 2_000, ...change }, now);

function faultsIn(change: Partial<PriceInput>): unknown[] {
  try {
    check(change);
  } catch (error) {
    if (error instanceof AppError) return faultsOf(error).map(({ field, reason }) => [field, reason]);
    throw error;
  }
  return [];
}

describe("a price floor", () => {
  it("is for all leads from now on, unless the input says otherwise", () => {
    const everywhere = { departement: null, criteria: [], exclusive: false };
    expect(check()).toEqual({ product: "NEW_CAR", floorCents: 2_000, since: now, ...everywhere });
    const later = new Date("2026-12-01T00:00:00Z");
    const scope = { departement: "69", criteria: [{ field: "tradeIn", oneOf: [true] }], exclusive: true };
    expect(check({ ...scope, since: later })).toMatchObject({ ...scope, since: later });
  });

  it("of 0 removes the floor of some leads, never that of all leads", () => {
    expect(check({ floorCents: 0, departement: "69" }).floorCents).toBe(0);
    expect(faultsIn({ floorCents: 0 })).toEqual([["floorCents", "OUT_OF_RANGE"]]);
  });

  it("is refused with all its faults at once", () => {
    const wrong = {
      departement: "99",
      criteria: [{ field: "colour" }],
      floorCents: 1.5,
      since: new Date("2026-11-30T11:59:59Z"),
    };
    const others = [
      ["floorCents", "OUT_OF_RANGE"],
      ["since", "IN_THE_PAST"],
    ];
    expect(faultsIn(wrong)).toEqual([
      ["departement", "UNKNOWN_VALUE"],
      ["criteria[0].field", "UNKNOWN_VALUE"],
      ...others,
    ]);
    expect(faultsIn({ ...wrong, product: "BOAT" })).toEqual([
      ["product", "UNKNOWN_VALUE"],
      ["departement", "UNKNOWN_VALUE"],
      ...others,
    ]);
  });
});

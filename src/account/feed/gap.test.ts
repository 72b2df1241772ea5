import fc from "fast-check";
import { monthIndexOf } from "../../shared/months";
import { dropUpTo, gapAfter, keptFrom, lastMonthToDrop, type FeedFloor } from "./gap";

const supplierId = "0a1b2c3d-0000-4000-8000-00000000000a";
const floorAt = (position: number): FeedFloor => ({
  position,
  droppedBefore: new Date("2026-04-01T00:00:00Z"),
  at: new Date("2026-11-01T00:10:00Z"),
});

describe("how long events are kept", () => {
  it.each([
    ["2026-10-31T23:59:59.999Z", "2026-03-01T00:00:00.000Z"],
    ["2026-11-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"],
    ["2026-12-31T23:59:59.999Z", "2026-05-01T00:00:00.000Z"],
  ])("at %s events are kept from %s on", (now, from) => {
    expect(keptFrom(lastMonthToDrop(new Date(now))).toISOString()).toBe(from);
  });

  it("is at least seven calendar months and less than nine", () => {
    const instants = fc.date({
      min: new Date("2001-01-01"),
      max: new Date("2999-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (now) => {
        const from = keptFrom(lastMonthToDrop(now));
        const monthsBefore = (count: number): Date =>
          new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count));
        expect(from.getTime()).toBeLessThanOrEqual(monthsBefore(7).getTime());
        expect(from.getTime()).toBeGreaterThan(monthsBefore(9).getTime());
        expect(monthIndexOf(from)).toBe(lastMonthToDrop(now) + 1);
      }),
    );
  });
});

describe("dropUpTo", () => {
  it("drops the beginning of the feed up to the first event of a month that is kept", () => {
    const months = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 30 });
    fc.assert(
      fc.property(months, fc.nat(7), fc.nat(1_000), (list, lastMonth, begin) => {
        const first = list.map((month, index) => ({ month, position: begin + index + 1 }));
        const upTo = dropUpTo(first, lastMonth);
        const dropped = first.filter(({ position }) => upTo !== null && position <= upTo);
        expect(dropped.every(({ month }) => month <= lastMonth)).toBe(true);
        const next = first[dropped.length];
        expect(next === undefined || next.month > lastMonth).toBe(true);
        expect(upTo).toBe(dropped.at(-1)?.position ?? null);
      }),
    );
  });
});

describe("gapAfter", () => {
  it("reports a gap exactly when events after the cursor were dropped, and continues from the floor", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (after, position) => {
        const gap = gapAfter(after, supplierId, floorAt(position));
        expect(gap?.position ?? null).toBe(position > after ? position : null);
      }),
    );
  });
});

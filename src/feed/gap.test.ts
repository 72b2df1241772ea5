import fc from "fast-check";
import { monthIndexOf } from "../shared/months";
import type { PlacedEntry } from "./entry";
import { dropUpTo, gapAfter, keptFrom, lastMonthToDrop, mayMiss, type FeedFloor } from "./gap";

const supplierId = "0a1b2c3d-0000-4000-8000-00000000000a";
const entryAt = (position: number): PlacedEntry => ({
  ...{ supplierId, position, at: new Date("2026-11-01T00:00:00Z"), kind: "LEAD_REVOKED" },
  ...{ deliveryId: null, campaignId: null, detail: {} },
});
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
  ])("at %s everything is there from %s on", (now, from) => {
    expect(keptFrom(lastMonthToDrop(new Date(now))).toISOString()).toBe(from);
  });

  it("is never less than seven months on the calendar, and never nine", () => {
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

describe("what may go", () => {
  it("is the beginning of the feed up to the first event of a month that is kept", () => {
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

describe("a reader", () => {
  it("is told exactly if something between its cursor and what it reads is gone, whatever the floor does meanwhile", () => {
    const numbers = fc.record({ last: fc.nat(20), floor: fc.nat(20), later: fc.nat(20), after: fc.nat(20) });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 5 }), ({ last, floor, later, after }, limit) => {
        const begin = Math.min(floor, last);
        const entries = Array.from({ length: last - begin }, (_, index) => entryAt(begin + index + 1))
          .filter(({ position }) => position > after)
          .slice(0, limit);
        // Between the two reads another batch may have gone.
        const seen = floorAt(Math.min(last, begin + later));
        const gap = mayMiss(after, entries) ? gapAfter(after, { supplierId, entries, floor: seen }) : null;
        expect(gap !== null).toBe(entries.length > 0 ? begin > after : seen.position > after);
        if (gap === null) return;
        expect(gap.position).toBeGreaterThan(after);
        // Going on from the notice leaves nothing out and shows nothing twice.
        if (entries[0]) expect(gap.position).toBe(entries[0].position - 1);
      }),
    );
  });

  it("is told when events were dropped, and from which instant on none is missing", () => {
    expect(gapAfter(3, { supplierId, entries: [], floor: floorAt(9) })).toEqual({
      ...{ supplierId, position: 9, kind: "FEED_GAP", deliveryId: null, campaignId: null },
      ...{ at: new Date("2026-11-01T00:10:00Z"), detail: { droppedBefore: "2026-04-01T00:00:00.000Z" } },
    });
  });

  it("whose cursor is the floor misses nothing", () => {
    expect(gapAfter(9, { supplierId, entries: [], floor: floorAt(9) })).toBeNull();
    expect(mayMiss(9, [entryAt(10)])).toBe(false);
  });
});

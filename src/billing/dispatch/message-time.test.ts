import fc from "fast-check";
import { instantOf, localStamp } from "./message-time";

describe("a time in a message", () => {
  it.each([
    ["winter", "2026-12-01T08:30:00Z", "20261201093000"],
    ["summer", "2026-07-01T07:30:00Z", "20260701093000"],
    [
      "the last minutes of a day, when UTC is still on the day before",
      "2026-11-30T23:10:00Z",
      "20261201001000",
    ],
    ["the new year", "2026-12-31T23:00:00Z", "20270101000000"],
    ["before the clocks go forward", "2026-03-29T00:59:59Z", "20260329015959"],
    ["after the clocks went forward", "2026-03-29T01:00:00Z", "20260329030000"],
    ["the hour that occurs twice, in winter time", "2026-10-25T01:30:00Z", "20261025023000"],
  ])("is local in Paris: %s", (_, instant, stamp) => {
    expect(localStamp(new Date(instant))).toBe(stamp);
    expect(instantOf(stamp)?.toISOString()).toBe(new Date(instant).toISOString());
  });

  it.each([
    ["20261201", "2026-11-30T23:00:00.000Z"],
    ["202612010930", "2026-12-01T08:30:00.000Z"],
    ["2026-12-01T09:30:00", "2026-12-01T08:30:00.000Z"],
    ["2026-12-01T09:30:00Z", "2026-12-01T09:30:00.000Z"],
    ["2026-12-01T09:30:00.250+02:00", "2026-12-01T07:30:00.250Z"],
    ["20260329023000", "2026-03-29T01:30:00.000Z"],
  ])("is read in the formats that platforms use: %s", (text, instant) => {
    expect(instantOf(text)?.toISOString()).toBe(instant);
  });

  it("is null for what is no time", () => {
    for (const text of ["20261301093000", "20260230", "2026", "noon", "", "99999999999999"])
      expect(instantOf(text)).toBeNull();
  });

  it("is read back as it was written, except in the hour that occurs twice", () => {
    const seconds = fc.integer({ min: Date.UTC(2020) / 1000, max: Date.UTC(2040) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const at = new Date(second * 1000);
        const apartMs = Number(instantOf(localStamp(at))) - at.getTime();
        expect([0, 3_600_000]).toContain(apartMs);
        if (apartMs !== 0) expect(localStamp(new Date(at.getTime() + apartMs))).toBe(localStamp(at));
      }),
    );
  });
});

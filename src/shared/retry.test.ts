import fc from "fast-check";
import {
  doublingWaits,
  isSpent,
  noLimits,
  settlementOf,
  waitAfter,
  type BackOff,
  type RetryLimits,
  type Tried,
} from "./retry";

const minute = 60_000;
const hour = 60 * minute;
const draw = fc.double({ min: 0, max: 1, noNaN: true });
const tried = fc.record({ failures: fc.integer({ min: 1, max: 500 }), ageMs: fc.nat(40 * 24 * hour) });
const retryAfterMs = fc.option(fc.nat(100 * hour), { nil: null });
const backOff: fc.Arbitrary<BackOff> = fc.oneof(
  fc.record({
    by: fc.constant("FAILURES" as const),
    waitsMs: fc.array(fc.integer({ min: minute, max: 10 * hour }), { minLength: 1, maxLength: 12 }),
    jitter: draw,
    shortestMs: fc.integer({ min: 1, max: minute }),
  }),
  fc.record({
    by: fc.constant("AGE" as const),
    shortestMs: fc.integer({ min: 1, max: minute }),
    longestMs: fc.integer({ min: minute, max: 10 * hour }),
  }),
);
const longestOf = (rule: BackOff): number =>
  rule.by === "AGE" ? rule.longestMs : Math.max(...rule.waitsMs, rule.shortestMs);

describe("waitAfter", () => {
  it("returns a wait between the shortest and the longest wait of the rule", () => {
    fc.assert(
      fc.property(backOff, tried, draw, retryAfterMs, (rule, before, drawn, asked) => {
        const wait = waitAfter(rule, before, { draw: drawn, retryAfterMs: asked });
        expect(wait).toBeGreaterThanOrEqual(rule.shortestMs);
        expect(wait).toBeLessThanOrEqual(longestOf(rule));
      }),
    );
  });

  it("returns a positive wait, so nothing is retried in a busy loop", () => {
    fc.assert(
      fc.property(backOff, tried, draw, (rule, before, drawn) => {
        expect(waitAfter(rule, before, { draw: drawn, retryAfterMs: null })).toBeGreaterThan(0);
      }),
    );
  });

  it("waits at least as long as the other side asked, up to the last wait of the rule", () => {
    fc.assert(
      fc.property(backOff, tried, draw, fc.nat(100 * hour), (rule, before, drawn, asked) => {
        const last = rule.by === "AGE" ? rule.longestMs : (rule.waitsMs.at(-1) ?? 0);
        const wait = waitAfter(rule, before, { draw: drawn, retryAfterMs: asked });
        expect(wait).toBeGreaterThanOrEqual(Math.min(asked, last));
      }),
    );
  });

  it("waits longer with each failure, up to the last wait", () => {
    const rule: BackOff = { by: "FAILURES", waitsMs: [10, 60, 600], jitter: 0, shortestMs: 1 };
    const waits = [1, 2, 3, 4, 400].map((failures) =>
      waitAfter(rule, { failures, ageMs: 0 }, { draw: 0, retryAfterMs: null }),
    );
    expect(waits).toEqual([10, 60, 600, 600, 600]);
  });

  it("draws the random share of the wait that the rule allows", () => {
    const waitOf = (jitter: number, drawn: number): number =>
      waitAfter(
        { by: "FAILURES", waitsMs: [1_000], jitter, shortestMs: 1 },
        { failures: 1, ageMs: 0 },
        { draw: drawn, retryAfterMs: null },
      );
    expect([waitOf(0, 0), waitOf(0, 1)]).toEqual([1_000, 1_000]);
    expect([waitOf(0.5, 0), waitOf(0.5, 1)]).toEqual([500, 1_000]);
    expect([waitOf(1, 0), waitOf(1, 0.3), waitOf(1, 1)]).toEqual([1, 300, 1_000]);
  });

  it("doubles with the age when attempts are not counted", () => {
    const rule: BackOff = { by: "AGE", shortestMs: 30_000, longestMs: hour };
    const waits = [0, 30_000, 2 * minute, 24 * hour].map((ageMs) =>
      waitAfter(rule, { failures: 1, ageMs }, { draw: 1, retryAfterMs: null }),
    );
    expect(waits).toEqual([30_000, 30_000, 2 * minute, hour]);
  });

  it("doubles from the first wait up to the longest with doublingWaits", () => {
    expect(doublingWaits(minute, hour)).toEqual([1, 2, 4, 8, 16, 32, 60].map((minutes) => minutes * minute));
    expect(doublingWaits(hour, hour)).toEqual([hour]);
  });
});

describe("settlementOf", () => {
  const limits = fc.record<RetryLimits>({
    mostAttempts: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
    longestMs: fc.option(fc.nat(30 * 24 * hour), { nil: null }),
  });

  it("is done after a success, however often the work failed before", () => {
    fc.assert(
      fc.property(backOff, limits, tried, draw, (rule, most, before, drawn) => {
        const done = { kind: "DONE", value: "it" } as const;
        expect(settlementOf(done, { backOff: rule, limits: most }, { ...before, draw: drawn })).toEqual(done);
      }),
    );
  });

  it("gives up at once after a refusal", () => {
    fc.assert(
      fc.property(backOff, tried, draw, (rule, before, drawn) => {
        const refused = { kind: "REFUSED", failure: "no" } as const;
        const settlement = settlementOf(
          refused,
          { backOff: rule, limits: noLimits },
          { ...before, draw: drawn },
        );
        expect(settlement).toEqual({ kind: "GIVEN_UP", failure: "no" });
      }),
    );
  });

  it("gives up after a failure exactly when a limit is reached, and otherwise retries", () => {
    fc.assert(
      fc.property(backOff, limits, tried, draw, (rule, most, before, drawn) => {
        const failed = { kind: "FAILED", failure: "late" } as const;
        const { kind } = settlementOf(failed, { backOff: rule, limits: most }, { ...before, draw: drawn });
        expect(kind).toBe(isSpent(most, before) ? "GIVEN_UP" : "RETRY");
      }),
    );
  });

  it("reaches a limit by the number of attempts or by age, and stays there", () => {
    const after = (failures: number, ageMs: number): Tried => ({ failures, ageMs });
    const most: RetryLimits = { mostAttempts: 3, longestMs: hour };
    expect(
      [after(2, 0), after(3, 0), after(1, hour - 1), after(1, hour)].map((one) => isSpent(most, one)),
    ).toEqual([false, true, false, true]);
    fc.assert(
      fc.property(limits, tried, fc.nat(100), fc.nat(hour), (rule, before, more, later) => {
        const next = { failures: before.failures + more, ageMs: before.ageMs + later };
        expect(isSpent(rule, before) && !isSpent(rule, next)).toBe(false);
      }),
    );
  });
});

import fc from "fast-check";
import { afterAttempt, freshAt, pausedAfterMs, type Aftermath } from "./after-attempt";
import { circuitOf } from "./circuit";
import type { EndpointProgress } from "./endpoint";
import type { FailureReason, Sent } from "./sender";

const givenUpAfterMs = 3 * 86_400_000;
const refusedAtMost = 6;
const start = new Date("2026-11-01T08:00:00Z");
const after = (ms: number): Date => new Date(start.getTime() + ms);
const failed = (reason: FailureReason = "NOT_ACCEPTED", retryAfterMs: number | null = null): Sent => ({
  kind: "FAILED",
  reason,
  status: 500,
  retryAfterMs,
});
const delivered: Sent = { kind: "DELIVERED", status: 204 };
const attempt = (before: EndpointProgress, sent: Sent, at = start): Aftermath =>
  afterAttempt(before, { position: before.position + 1, sent, at, draw: 1 });

/** Fails every attempt, each as soon as it is due, until the condition holds. */
function failUntil(
  reason: FailureReason,
  what: (after: Aftermath) => boolean,
): { at: Date; attempts: number } {
  let [progress, at] = [freshAt(0, start), start];
  for (let attempts = 1; attempts < 1_000; attempts++) {
    const now = attempt(progress, failed(reason), at);
    if (what(now)) return { at, attempts };
    [progress, at] = [now.progress, now.progress.nextTryAt];
  }
  throw new Error("The condition never held.");
}

describe("the progress of an endpoint after an attempt", () => {
  it("moves to the next event at once and clears all failures after a delivery", () => {
    const before = {
      ...freshAt(4, start),
      attempts: 3,
      firstTriedAt: start,
      failures: 9,
      failingSince: start,
    };
    expect(attempt(before, delivered, after(60_000))).toEqual({
      progress: freshAt(5, after(60_000)),
      dead: null,
      pause: null,
    });
  });

  it("retries the same event after a failure, with a longer wait each time", () => {
    const first = attempt(freshAt(4, start), failed()).progress;
    expect(first).toMatchObject({
      position: 4,
      attempts: 1,
      failures: 1,
      failingSince: start,
      firstTriedAt: start,
    });
    expect(first.nextTryAt).toEqual(after(5_000));
    const second = attempt(first, failed(), after(5_000)).progress;
    expect(second).toMatchObject({ position: 4, attempts: 2, failures: 2, failingSince: start });
    expect(second.nextTryAt).toEqual(after(35_000));
  });

  it("honours the wait that the receiver requests", () => {
    expect(attempt(freshAt(0, start), failed("NOT_ACCEPTED", 90_000)).progress.nextTryAt).toEqual(
      after(90_000),
    );
  });

  it("opens the circuit after five consecutive failures, and closes it after one delivery", () => {
    let progress = freshAt(0, start);
    for (let n = 0; n < 5; n++) progress = attempt(progress, failed(), progress.nextTryAt).progress;
    expect(circuitOf(progress, new Date(progress.nextTryAt.getTime() - 1))).toBe("OPEN");
    const closed = attempt(progress, delivered, progress.nextTryAt).progress;
    expect(circuitOf(closed, closed.nextTryAt)).toBe("CLOSED");
  });

  it("gives an event up after about three days, and tries the next one at the pace of the open circuit", () => {
    const { at, attempts } = failUntil("TIMED_OUT", ({ dead }) => dead !== null);
    const days = (at.getTime() - start.getTime()) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(3);
    expect(days).toBeLessThan(3.5);
    expect(attempts).toBeGreaterThan(10);
    const before = {
      ...freshAt(7, start),
      attempts: 14,
      firstTriedAt: start,
      failures: 14,
      failingSince: start,
    };
    const now = attempt(before, failed(), after(givenUpAfterMs));
    expect(now).toMatchObject({ dead: failed(), pause: null });
    expect(now.progress).toMatchObject({ position: 8, attempts: 0, firstTriedAt: null, failures: 15 });
    expect(now.progress.nextTryAt.getTime() - after(givenUpAfterMs).getTime()).toBe(10 * 3_600_000);
  });

  it("gives a refused event up within two hours, keeps the circuit closed, and sends the next at once", () => {
    const { at, attempts } = failUntil("REFUSED", ({ dead, progress }) => {
      expect(progress.failures).toBe(0);
      return dead !== null;
    });
    expect(attempts).toBe(refusedAtMost);
    expect(at.getTime() - start.getTime()).toBeLessThan(2 * 3_600_000);
    const before = { ...freshAt(0, start), attempts: refusedAtMost - 1, firstTriedAt: start };
    expect(attempt(before, failed("REFUSED"), after(9)).progress).toMatchObject({
      position: 1,
      attempts: 0,
      nextTryAt: after(9),
    });
  });

  it("does not start the five days on REFUSED, and ends them when a refused event is given up", () => {
    const refused = attempt(freshAt(0, start), failed("REFUSED")).progress;
    expect(refused.failingSince).toBeNull();
    // Nothing has been delivered since, because the feed was quiet for a week.
    const week = after(7 * 86_400_000);
    expect(attempt(refused, failed(), week)).toMatchObject({ pause: null, progress: { failingSince: week } });
    const doomed = {
      ...freshAt(0, start),
      attempts: refusedAtMost - 1,
      firstTriedAt: start,
      failingSince: start,
    };
    const dead = attempt(doomed, failed("REFUSED"), after(9));
    expect(dead.dead).not.toBeNull();
    expect(attempt(dead.progress, failed(), week).pause).toBeNull();
  });

  it("retries and gives up after OUR_FAULT as usual, without counting failures of the endpoint", () => {
    const first = attempt(freshAt(4, start), failed("OUR_FAULT")).progress;
    expect(first).toMatchObject({ position: 4, attempts: 1, failures: 0, failingSince: null });
    expect(first.nextTryAt).toEqual(after(5_000));
    const { at, attempts } = failUntil("OUR_FAULT", ({ dead, pause, progress }) => {
      expect([pause, progress.failures]).toEqual([null, 0]);
      return dead !== null;
    });
    expect(at.getTime() - start.getTime()).toBeGreaterThanOrEqual(givenUpAfterMs);
    expect(attempts).toBeGreaterThan(10);
  });

  it("pauses the endpoint after GONE and keeps its position", () => {
    const now = attempt(freshAt(3, start), failed("GONE"));
    expect(now).toMatchObject({ pause: "GONE", dead: null });
    expect(now.progress.position).toBe(3);
  });

  it("pauses the endpoint after five days of failures only", () => {
    const { at } = failUntil("NOT_CONNECTED", ({ pause }) => pause === "FAILING");
    const days = (at.getTime() - start.getTime()) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(5);
    expect(days).toBeLessThan(5.5);
    const early = {
      ...freshAt(0, start),
      failingSince: start,
      failures: 20,
      attempts: 2,
      firstTriedAt: start,
    };
    expect(attempt(early, failed(), after(pausedAfterMs - 1)).pause).toBeNull();
    expect(attempt(early, failed(), after(pausedAfterMs)).pause).toBe("FAILING");
  });

  it("never moves back, never skips an event, and counts no failure after a delivery", () => {
    const outcome = fc.constantFrom<Sent>(
      ...[delivered, failed(), failed("REFUSED"), failed("TIMED_OUT"), failed("OUR_FAULT")],
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(outcome, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 80 }),
        (all) => {
          let [progress, at] = [freshAt(0, start), start];
          for (const [sent, draw] of all) {
            const now = afterAttempt(progress, { position: progress.position + 1, sent, at, draw });
            const moved = now.progress.position - progress.position;
            expect(moved).toBe(sent.kind === "DELIVERED" || now.dead !== null ? 1 : 0);
            expect(now.progress.nextTryAt.getTime()).toBeGreaterThanOrEqual(at.getTime());
            if (sent.kind === "DELIVERED") expect(now.progress.failures).toBe(0);
            if (sent.kind === "DELIVERED") expect(now.progress.failingSince).toBeNull();
            const against = sent.kind === "FAILED" && !["REFUSED", "OUR_FAULT"].includes(sent.reason);
            if (against) expect(now.progress.failingSince).not.toBeNull();
            else expect(now.pause).toBeNull();
            [progress, at] = [now.progress, now.progress.nextTryAt];
          }
        },
      ),
    );
  });
});

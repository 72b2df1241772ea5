import { checkStatus } from "./check-status";
import { statusAt } from "./status";

const noon = new Date("2026-12-01T12:00:00Z");
const after = (ms: number): Date => new Date(noon.getTime() + ms);
const yearMs = 366 * 86_400_000;

describe("a pause with an end", () => {
  const paused = { status: "PAUSED" as const, pausedUntil: noon };

  it("lasts until that instant, exclusive", () => {
    expect(statusAt(paused, after(-1))).toEqual(paused);
    expect(statusAt(paused, noon)).toEqual({ status: "ACTIVE", pausedUntil: null });
    expect(statusAt(paused, after(1))).toEqual({ status: "ACTIVE", pausedUntil: null });
  });

  it("needs an end, and an archived campaign never runs again", () => {
    const endless = { status: "PAUSED" as const, pausedUntil: null };
    expect(statusAt(endless, after(yearMs))).toEqual(endless);
    const gone = { status: "ARCHIVED" as const, pausedUntil: null };
    expect(statusAt(gone, after(yearMs))).toEqual(gone);
  });

  it("is accepted if it ends within a year", () => {
    expect(checkStatus("ACTIVE", { status: "PAUSED", resumeAt: after(1) }, noon)).toEqual({
      status: "PAUSED",
      pausedUntil: after(1),
    });
    expect(checkStatus("PAUSED", { status: "PAUSED", resumeAt: after(yearMs) }, noon).pausedUntil).toEqual(
      after(yearMs),
    );
    expect(checkStatus("PAUSED", { status: "PAUSED" }, noon).pausedUntil).toBe(null);
    expect(checkStatus("PAUSED", { status: "ACTIVE", resumeAt: null }, noon)).toEqual({
      status: "ACTIVE",
      pausedUntil: null,
    });
  });

  it.each([
    ["now", { status: "PAUSED" as const, resumeAt: noon }, /^resumeAt must be in the future/],
    ["in the past", { status: "PAUSED" as const, resumeAt: after(-1) }, /^resumeAt must be in the future/],
    [
      "too far ahead",
      { status: "PAUSED" as const, resumeAt: after(yearMs + 1) },
      /^resumeAt must be in the future/,
    ],
    [
      "of what is no pause",
      { status: "ACTIVE" as const, resumeAt: after(1) },
      /^resumeAt is the end of a pause/,
    ],
    ["of an archive", { status: "ARCHIVED" as const, resumeAt: after(1) }, /^resumeAt is the end of a pause/],
  ])("is refused %s", (_what, input, message) => {
    expect(() => checkStatus("ACTIVE", input, noon)).toThrow(message);
  });

  it("cannot reactivate an archived campaign", () => {
    expect(() => checkStatus("ARCHIVED", { status: "ACTIVE" }, noon)).toThrow("archived for good");
    expect(checkStatus("ARCHIVED", { status: "ARCHIVED" }, noon).status).toBe("ARCHIVED");
  });
});

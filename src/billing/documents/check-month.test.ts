import { checkIsOver } from "./check-month";

describe("a month to invoice or to lock", () => {
  it("is over when its last day has ended in Paris, in summer and in winter", () => {
    expect(checkIsOver("2026-10", new Date("2026-10-31T23:00:00Z"))).toBe("2026-10");
    expect(checkIsOver("2026-06", new Date("2026-06-30T22:00:00Z"))).toBe("2026-06");
  });

  it("is refused until then, with what to do instead", () => {
    const early = new Date("2026-10-31T22:59:59.999Z");
    expect(() => checkIsOver("2026-10", early, "Wait.")).toThrow(
      expect.objectContaining({
        message: "month: 2026-10 is not over yet in Paris. Wait.",
        details: { reason: "OUT_OF_RANGE", field: "month" },
      }) as Error,
    );
  });
});

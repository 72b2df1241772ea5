import { joined, oneLine } from "./text";

describe("a text of a statement", () => {
  it("is one line without control characters", () => {
    expect(oneLine("  VIR\0 A\u2028B\r\n\tC\u009b ")).toBe("VIR A B C");
  });

  it("is bounded, and holds no half character", () => {
    expect(oneLine("x".repeat(100_000))).toHaveLength(500);
    expect(oneLine(`${"x".repeat(499)}😀`)).toBe(`${"x".repeat(499)}\ufffd`);
  });

  it("is joined from the pieces that say something", () => {
    expect(joined(["F2026-", "", null, undefined, "000123"])).toBe("F2026- 000123");
  });
});

import { checkVersion, updated, updatedRequired } from "./updates";

describe("updated", () => {
  const field = { current: 7, byDefault: 30 };

  it("keeps the value of an absent field", () => expect(updated(undefined, field)).toBe(7));
  it("sets the default for null", () => expect(updated(null, field)).toBe(30));
  it("sets what was sent", () => expect(updated(0, field)).toBe(0));
});

describe("updatedRequired", () => {
  it("keeps the value of an absent field, and sets what was sent", () => {
    expect(updatedRequired("city", undefined, "Lyon")).toBe("Lyon");
    expect(updatedRequired("city", "Brest", "Lyon")).toBe("Brest");
  });

  it("refuses null, and an absent field that has no value yet", () => {
    expect(() => updatedRequired("city", null, "Lyon")).toThrow(
      expect.objectContaining({
        code: "INVALID_INPUT",
        details: { reason: "NULL_NOT_ALLOWED", field: "city" },
      }),
    );
    expect(() => updatedRequired("city", undefined, undefined)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", details: { reason: "REQUIRED", field: "city" } }),
    );
  });
});

describe("checkVersion", () => {
  it("accepts the current version, and a change without a version", () => {
    expect(() => checkVersion(3, 3)).not.toThrow();
    expect(() => checkVersion(3, null)).not.toThrow();
  });

  it("refuses another version and names the current one", () => {
    expect(() => checkVersion(3, 2)).toThrow(
      expect.objectContaining({
        code: "CONFLICT",
        details: { reason: "VERSION_CHANGED", field: "ifVersion", version: 3 },
      }),
    );
  });
});

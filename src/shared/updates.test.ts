import { AppError } from "./errors";
import { checkVersion, updated, updatedRequired } from "./updates";

function thrownBy(check: () => unknown): unknown {
  try {
    return check();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return error;
  }
}

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
    expect(thrownBy(() => updatedRequired("city", null, "Lyon"))).toMatchObject({
      code: "INVALID_INPUT",
      details: { reason: "NULL_NOT_ALLOWED", field: "city" },
    });
    expect(thrownBy(() => updatedRequired("city", undefined, undefined))).toMatchObject({
      code: "INVALID_INPUT",
      details: { reason: "REQUIRED", field: "city" },
    });
  });
});

describe("checkVersion", () => {
  it("accepts the current version, and a change without a version", () => {
    expect(() => checkVersion(3, 3)).not.toThrow();
    expect(() => checkVersion(3, null)).not.toThrow();
  });

  it("refuses another version and names the current one", () => {
    expect(thrownBy(() => checkVersion(3, 2))).toMatchObject({
      code: "CONFLICT",
      details: { reason: "VERSION_CHANGED", field: "ifVersion", version: 3 },
    });
  });
});

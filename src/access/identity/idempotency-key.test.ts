import type { AppError } from "../../shared/errors";
import { checkKey } from "./idempotency-key";

describe("an idempotency key", () => {
  it("has 1 to 200 characters", () => {
    const faultOf = (key: string): unknown => {
      try {
        checkKey(key);
        return null;
      } catch (error) {
        return (error as AppError).details;
      }
    };
    expect(faultOf("")).toEqual({ reason: "EMPTY", field: "idempotencyKey" });
    expect(faultOf("x".repeat(201))).toEqual({ reason: "TOO_LONG", field: "idempotencyKey" });
    expect(["x", "x".repeat(200)].map(faultOf)).toEqual([null, null]);
  });
});

import { circuitOf, opensAfter } from "./circuit";

const at = new Date("2026-11-26T12:00:00Z");
const later = new Date("2026-11-26T12:00:01Z");

describe("the circuit of an endpoint", () => {
  it.each([
    [0, later, "CLOSED"],
    [opensAfter - 1, later, "CLOSED"],
    [opensAfter, later, "OPEN"],
    [opensAfter, at, "HALF_OPEN"],
    [opensAfter + 20, later, "OPEN"],
  ] as const)("after %i failures in a row, due at %s, is %s", (failures, nextTryAt, state) => {
    expect(circuitOf({ failures, nextTryAt }, at)).toBe(state);
  });
});

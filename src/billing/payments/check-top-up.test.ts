import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkAmount, updatedRule } from "./check-top-up";

const rule = { belowCents: 5_000, amountInclVatCents: 12_000 };

const faults = (work: () => unknown): unknown[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return faultsOf(error).map(({ reason, field }) => [reason, field]);
    throw error;
  }
  return [];
};

describe("an amount to pay in", () => {
  it("is a whole number of cents from 1000 to 100000000", () => {
    for (const cents of [1_000, 100_000_000]) expect(checkAmount("amountInclVatCents", cents)).toBe(cents);
    for (const cents of [999, 100_000_001, 1_000.5, -1, Number.NaN]) {
      expect(faults(() => checkAmount("amountInclVatCents", cents))).toEqual([
        ["OUT_OF_RANGE", "amountInclVatCents"],
      ]);
    }
  });
});

describe("an update of the rule for automatic top-ups", () => {
  it("that does not name the rule leaves it, and null removes it", () => {
    expect(updatedRule(rule, undefined)).toEqual(rule);
    expect(updatedRule(null, undefined)).toBeNull();
    expect(updatedRule(rule, null)).toBeNull();
  });

  it("changes only the amounts that it names", () => {
    expect(updatedRule(rule, {})).toEqual(rule);
    expect(updatedRule(rule, { belowCents: 2_000 })).toEqual({ ...rule, belowCents: 2_000 });
    expect(updatedRule(rule, { amountInclVatCents: 2_000 })).toEqual({ ...rule, amountInclVatCents: 2_000 });
  });

  it("needs both amounts the first time, and names each that is missing", () => {
    expect(updatedRule(null, rule)).toEqual(rule);
    expect(faults(() => updatedRule(null, {}))).toEqual([
      ["REQUIRED", "rule.belowCents"],
      ["REQUIRED", "rule.amountInclVatCents"],
    ]);
  });

  it("refuses null for an amount, and reports all faults at once", () => {
    expect(faults(() => updatedRule(rule, { belowCents: null, amountInclVatCents: 1 }))).toEqual([
      ["NULL_NOT_ALLOWED", "rule.belowCents"],
      ["OUT_OF_RANGE", "rule.amountInclVatCents"],
    ]);
  });
});

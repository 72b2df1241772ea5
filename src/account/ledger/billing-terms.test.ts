import { availableCents } from "./account";
import type { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkBillingChange, checkBillingTerms, updatedTerms } from "./billing-terms";

describe("billing terms", () => {
  it("allow a credit limit for postpaid suppliers only", () => {
    expect(checkBillingTerms({ mode: "POSTPAID", creditLimitCents: 50_000 })).toEqual({
      mode: "POSTPAID",
      creditLimitCents: 50_000,
    });
    expect(() => checkBillingTerms({ mode: "PREPAID", creditLimitCents: 1 })).toThrow("no credit");
  });

  it.each([-1, 0.5, Number.NaN, 100_000_000_001])("refuse a credit limit of %p", (creditLimitCents) => {
    expect(() => checkBillingTerms({ mode: "POSTPAID", creditLimitCents })).toThrow("whole number of cents");
  });

  it("allow a change of mode only while the balance is 0", () => {
    const postpaid = { mode: "POSTPAID", creditLimitCents: 0 } as const;
    const change = (balanceCents: number) => () => {
      checkBillingChange({ mode: "PREPAID", balanceCents }, postpaid);
    };
    expect(change(0)).not.toThrow();
    expect(change(1)).toThrow("Settle it first");
    expect(change(-1)).toThrow("Settle it first");
  });

  it("allow a change of the credit limit at any balance", () => {
    const raised = { mode: "POSTPAID", creditLimitCents: 100 } as const;
    expect(() => {
      checkBillingChange({ mode: "POSTPAID", balanceCents: -50 }, raised);
    }).not.toThrow();
  });

  it("compute the available amount from the balance, the credit limit and the monthly limit", () => {
    expect(
      availableCents({ balanceCents: 500, creditLimitCents: 0, suspension: null, spendLeftCents: null }),
    ).toBe(500);
    const within = { balanceCents: 500, creditLimitCents: 0, suspension: null, spendLeftCents: 20 };
    expect(availableCents(within)).toBe(20);
    expect(availableCents({ ...within, spendLeftCents: 600 })).toBe(500);
    expect(
      availableCents({ balanceCents: -300, creditLimitCents: 1000, suspension: null, spendLeftCents: null }),
    ).toBe(700);
  });

  it("keep what an update does not name, and take null as the default", () => {
    const current = { mode: "POSTPAID", creditLimitCents: 500 } as const;
    expect(updatedTerms(current, {})).toEqual(current);
    expect(updatedTerms(current, { creditLimitCents: null })).toEqual({ ...current, creditLimitCents: 0 });
    expect(updatedTerms(current, { mode: "PREPAID" })).toEqual({ mode: "PREPAID", creditLimitCents: 0 });
    const wrong = { mode: null, creditLimitCents: -1 };
    try {
      updatedTerms(current, wrong);
    } catch (error) {
      expect(faultsOf(error as AppError).map(({ field, reason }) => [field, reason])).toEqual([
        ["mode", "NULL_NOT_ALLOWED"],
        ["creditLimitCents", "OUT_OF_RANGE"],
      ]);
    }
    expect.assertions(4);
  });
});

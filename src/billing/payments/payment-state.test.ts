import fc from "fast-check";
import { isPaymentOpen, later, nextTry, type PaymentStatus } from "./payment-state";

const status = fc.constantFrom<PaymentStatus>(
  ...(["CREATED", "REQUIRES_ACTION", "PROCESSING", "FAILED", "CANCELED", "SUCCEEDED"] as const),
);

describe("a payment", () => {
  it("ends in the same state whatever the order and repetition of events", () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), fc.integer(), (told, seed) => {
        const end = (order: readonly PaymentStatus[]): PaymentStatus => order.reduce(later, "CREATED");
        const mixed = [...told, ...told].sort((a, b) => ((a + b).length * seed) % 3);
        expect(end(mixed)).toBe(end(told));
      }),
    );
  });

  it("stays succeeded, and can still succeed after it failed", () => {
    expect(later("SUCCEEDED", "FAILED")).toBe("SUCCEEDED");
    expect(later("FAILED", "SUCCEEDED")).toBe("SUCCEEDED");
    expect(later("FAILED", "PROCESSING")).toBe("FAILED");
    expect(["CREATED", "PROCESSING", "FAILED"].map((one) => isPaymentOpen(one as PaymentStatus))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("is queried again soon at first, and at least once an hour", () => {
    const asked = new Date("2026-11-26T10:00:00Z");
    const after = (ms: number): number =>
      nextTry(asked, new Date(asked.getTime() + ms)).getTime() - asked.getTime() - ms;
    expect([after(0), after(120_000), after(86_400_000)]).toEqual([30_000, 120_000, 3_600_000]);
  });
});

import fc from "fast-check";
import type { BillingMode } from "./account";
import { supplierAccounts } from "./chart";
import {
  balanceEffect,
  chargeOf,
  creditOf,
  lostPaymentOf,
  paymentOf,
  refundOf,
  writeOffOf,
  type Movement,
} from "./postings";

const mode = fc.constantFrom<BillingMode>("PREPAID", "POSTPAID");
const cents = fc.integer({ min: 1, max: 1_000_000 });
const effectOf = (movements: readonly Movement[]): number =>
  movements.reduce((sum, movement) => sum + balanceEffect(movement), 0);

describe("postings", () => {
  it("debits a charge to advances when prepaid and to receivables to be invoiced when postpaid", () => {
    expect(chargeOf("PREPAID", 2500)).toEqual({
      kind: "CHARGE",
      debit: "4191",
      credit: "706",
      amountCents: 2500,
    });
    expect(chargeOf("POSTPAID", 2500)).toEqual({
      kind: "CHARGE",
      debit: "4181",
      credit: "706",
      amountCents: 2500,
    });
  });

  it("debits a credit to credits granted", () => {
    expect(creditOf("PREPAID", 2500)).toEqual({
      kind: "CREDIT",
      debit: "709",
      credit: "4191",
      amountCents: 2500,
    });
    expect(creditOf("POSTPAID", 2500)).toEqual({
      kind: "CREDIT",
      debit: "709",
      credit: "4181",
      amountCents: 2500,
    });
  });

  it("splits a payment into the supplier's net amount and the VAT", () => {
    const split = { netCents: 10_000, vatCents: 2000 };
    expect(paymentOf("PREPAID", "BANK_TRANSFER", split)).toEqual([
      { kind: "BANK_TRANSFER", debit: "512", credit: "4191", amountCents: 10_000 },
      { kind: "BANK_TRANSFER_VAT", debit: "512", credit: "44571", amountCents: 2000 },
    ]);
    expect(paymentOf("POSTPAID", "CARD_PAYMENT", split)).toEqual([
      { kind: "CARD_PAYMENT", debit: "5115", credit: "411", amountCents: 10_000 },
      { kind: "CARD_PAYMENT_VAT", debit: "5115", credit: "44571", amountCents: 2000 },
    ]);
    expect(effectOf(paymentOf("PREPAID", "BANK_TRANSFER", split))).toBe(10_000);
  });

  it("omits a posting of zero", () => {
    expect(paymentOf("PREPAID", "BANK_TRANSFER", { netCents: 1, vatCents: 0 })).toHaveLength(1);
  });

  it("reduces the balance for a reversed payment or a refund and raises it for a write-off", () => {
    fc.assert(
      fc.property(mode, cents, (billing, amount) => {
        expect(balanceEffect(lostPaymentOf(billing, amount))).toBe(-amount);
        expect(balanceEffect(refundOf(billing, amount, "CARD_PAYMENT"))).toBe(-amount);
        expect(balanceEffect(writeOffOf(billing, amount))).toBe(amount);
      }),
    );
  });

  it("cancels a charge with a credit of the same amount", () => {
    fc.assert(
      fc.property(mode, cents, (billing, amount) => {
        expect(balanceEffect(chargeOf(billing, amount))).toBe(-amount);
        expect(effectOf([chargeOf(billing, amount), creditOf(billing, amount)])).toBe(0);
      }),
    );
  });

  it("keeps the sum of all accounts at zero and the sum of the supplier's accounts at its balance", () => {
    const operation = fc.oneof(
      fc.tuple(mode, cents).map(([billing, amount]) => [chargeOf(billing, amount)]),
      fc.tuple(mode, cents).map(([billing, amount]) => [creditOf(billing, amount)]),
      fc
        .tuple(mode, cents, cents)
        .map(([billing, netCents, vatCents]) => paymentOf(billing, "BANK_TRANSFER", { netCents, vatCents })),
    );
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        const movements = operations.flat();
        const accounts = totalsOf(movements);
        const supplierTotal = [...accounts].filter(([code]) => supplierAccounts.has(code));
        expect([...accounts.values()].reduce((sum, total) => sum + total, 0)).toBe(0);
        expect(supplierTotal.reduce((sum, [, total]) => sum + total, 0)).toBe(effectOf(movements));
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    "refuses a posting of %p cents",
    (amount) => {
      expect(() => chargeOf("PREPAID", amount)).toThrow(RangeError);
      expect(() => creditOf("POSTPAID", amount)).toThrow(RangeError);
      expect(() => refundOf("PREPAID", amount, "BANK_TRANSFER")).toThrow(RangeError);
    },
  );
});

function totalsOf(movements: readonly Movement[]): Map<Movement["debit"], number> {
  const totals = new Map<Movement["debit"], number>();
  const add = (code: Movement["debit"], amount: number): void => {
    totals.set(code, (totals.get(code) ?? 0) + amount);
  };
  for (const { debit, credit, amountCents } of movements) {
    add(credit, amountCents);
    add(debit, -amountCents);
  }
  return totals;
}

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
  it("charges a prepaid supplier's advance and a postpaid supplier's account to be invoiced", () => {
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

  it("credits from the account of credits granted", () => {
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

  it("gives the supplier the net of a payment and the state its VAT", () => {
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

  it("writes no leg of zero", () => {
    expect(paymentOf("PREPAID", "BANK_TRANSFER", { netCents: 1, vatCents: 0 })).toHaveLength(1);
  });

  it("owes again what a lost payment gave, pays back what was not spent, forgives what is written off", () => {
    fc.assert(
      fc.property(mode, cents, (billing, amount) => {
        expect(balanceEffect(lostPaymentOf(billing, amount))).toBe(-amount);
        expect(balanceEffect(refundOf(billing, amount, "CARD_PAYMENT"))).toBe(-amount);
        expect(balanceEffect(writeOffOf(billing, amount))).toBe(amount);
      }),
    );
  });

  it("undoes a charge with a credit of the same amount", () => {
    fc.assert(
      fc.property(mode, cents, (billing, amount) => {
        expect(balanceEffect(chargeOf(billing, amount))).toBe(-amount);
        expect(effectOf([chargeOf(billing, amount), creditOf(billing, amount)])).toBe(0);
      }),
    );
  });

  it("moves money and never makes any: after any sequence all accounts sum to zero, the supplier's to its balance", () => {
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
    "refuses to move %p cents",
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

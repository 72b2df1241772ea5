import fc from "fast-check";
import type { BillingMode } from "./account";
import { supplierAccounts } from "./chart";
import { balanceEffect, chargeOf, creditOf, maxTransferCents, transferOf, type Movement } from "./postings";

const mode = fc.constantFrom<BillingMode>("PREPAID", "POSTPAID");
const cents = fc.integer({ min: 1, max: 1_000_000 });
const grossCents = fc.integer({ min: 1, max: maxTransferCents });
const rate = fc.integer({ min: 0, max: 10_000 });

const sumOf = (movements: readonly Movement[]): number =>
  movements.reduce((sum, movement) => sum + movement.amountCents, 0);
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

  it("splits a transfer of 120.00 at 20 % into 100.00 for the supplier and 20.00 for the state", () => {
    expect(transferOf("PREPAID", 12_000, 2000)).toEqual([
      { kind: "BANK_TRANSFER", debit: "512", credit: "4191", amountCents: 10_000 },
      { kind: "BANK_TRANSFER_VAT", debit: "512", credit: "44571", amountCents: 2000 },
    ]);
    expect(transferOf("POSTPAID", 12_000, 2000)[0]?.credit).toBe("411");
  });

  it("writes no leg of zero where there is no VAT, or less than half a cent of it", () => {
    expect(transferOf("PREPAID", 12_000, 0)).toEqual([
      { kind: "BANK_TRANSFER", debit: "512", credit: "4191", amountCents: 12_000 },
    ]);
    expect(transferOf("PREPAID", 1, 2000)).toHaveLength(1);
  });

  it.each([
    [3, 2000, 3],
    [9, 2000, 8],
    [3, 10_000, 2],
    [1, 10_000, 1],
  ])("rounds the net half up: %i cents at %i basis points are %i net", (gross, basisPoints, net) => {
    expect(transferOf("PREPAID", gross, basisPoints)[0]?.amountCents).toBe(net);
  });

  it("rounds exactly as whole numbers of any size do", () => {
    fc.assert(
      fc.property(grossCents, rate, (gross, basisPoints) => {
        const divisor = 10_000n + BigInt(basisPoints);
        const net = (2n * BigInt(gross) * 10_000n + divisor) / (2n * divisor);
        expect(BigInt(transferOf("PREPAID", gross, basisPoints)[0]?.amountCents ?? 0)).toBe(net);
      }),
    );
  });

  it("has legs that sum to what was paid, at any rate", () => {
    fc.assert(
      fc.property(mode, grossCents, rate, (billing, gross, basisPoints) => {
        const legs = transferOf(billing, gross, basisPoints);
        expect(sumOf(legs)).toBe(gross);
        expect(legs.every((leg) => leg.amountCents > 0)).toBe(true);
      }),
    );
  });

  it("gives the supplier the net of a transfer and never its VAT", () => {
    fc.assert(
      fc.property(mode, grossCents, rate, (billing, gross, basisPoints) => {
        const legs = transferOf(billing, gross, basisPoints);
        expect(effectOf(legs)).toBe(legs[0]?.amountCents);
        expect(legs.slice(1).every((leg) => balanceEffect(leg) === 0)).toBe(true);
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
        .tuple(mode, cents, rate)
        .map(([billing, gross, basisPoints]) => transferOf(billing, gross, basisPoints)),
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
      expect(() => transferOf("PREPAID", amount, 2000)).toThrow(RangeError);
    },
  );

  it("refuses a transfer too large to be split exactly", () => {
    expect(() => transferOf("PREPAID", maxTransferCents + 1, 2000)).toThrow(RangeError);
  });
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

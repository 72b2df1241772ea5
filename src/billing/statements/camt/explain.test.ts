import fc from "fast-check";
import { explain, type Part } from "./explain";

const part = (amounts: Part["amounts"], charges: readonly number[] = []): Part => ({ amounts, charges });

describe("the amount of an entry", () => {
  it("is explained by its transactions alone", () => {
    expect(explain(300, [part({ Amt: 100 }), part({ Amt: 200 })], [])).toEqual({
      amounts: [100, 200],
      charges: [],
    });
  });

  it("is explained by charges of the entry, of a transaction, or of both", () => {
    const parts = [part({ Amt: 100 }), part({ Amt: 200 }, [-5])];
    expect(explain(295, parts, [])?.charges).toEqual([{ part: 1, cents: -5 }]);
    expect(explain(290, parts, [-10])?.charges).toEqual([{ part: null, cents: -10 }]);
    expect(explain(285, parts, [-10])?.charges).toEqual([
      { part: 1, cents: -5 },
      { part: null, cents: -10 },
    ]);
  });

  it("gives the supplier the full amount when the bank states both", () => {
    const both = part({ Amt: 98_500, InstdAmt: 100_000 }, [-1_500]);
    expect(explain(98_500, [both], [])).toEqual({
      amounts: [100_000],
      charges: [{ part: 0, cents: -1_500 }],
    });
    // The same charge, stated for the transaction and for the entry, is one charge.
    expect(explain(98_500, [both], [-1_500])?.charges).toEqual([{ part: 0, cents: -1_500 }]);
  });

  it("is taken from the element that adds up", () => {
    const parts = [part({ Amt: 120, TxAmt: 100 }), part({ Amt: 220, TxAmt: 200 })];
    expect(explain(300, parts, [])?.amounts).toEqual([100, 200]);
  });

  it("is that of the only transaction when this states none in euros", () => {
    expect(explain(-700, [part({})], [])).toEqual({ amounts: [-700], charges: [] });
    expect(explain(-700, [part({}, [-20])], [])).toEqual({ amounts: [-700], charges: [] });
  });

  it("stays unexplained when nothing adds up, or a transaction states nothing", () => {
    expect(explain(301, [part({ Amt: 100 }), part({ Amt: 200 })], [-2])).toBeNull();
    expect(explain(300, [part({ Amt: 100 }), part({})], [])).toBeNull();
    expect(explain(990, [part({ InstdAmt: 1_000 })], [])).toBeNull();
  });

  it("is always the sum of what explains it", () => {
    const cents = fc.integer({ min: -20, max: 20 });
    const parts = fc.array(
      fc.record({
        amounts: fc.record({ Amt: cents, TxAmt: cents, InstdAmt: cents }, { requiredKeys: [] }),
        charges: fc.array(cents, { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(cents, parts, fc.array(cents, { maxLength: 2 }), (total, some, charges) => {
        const explained = explain(total, some, charges);
        if (explained === null) return;
        const all = [...explained.amounts, ...explained.charges.map((charge) => charge.cents)];
        expect(all.reduce((sum, one) => sum + one, 0)).toBe(total);
        expect(explained.amounts).toHaveLength(some.length);
      }),
    );
  });
});

import fc from "fast-check";
import { linkOf, type KnownChain } from "./chain";

const days = (from: string, to: string, cents: { opening: number; closing: number }) => ({
  opening: { cents: cents.opening, on: from },
  closing: { cents: cents.closing, on: to },
});
const known = (change: Partial<KnownChain> = {}): KnownChain => ({
  ...{ closing: { cents: 500, on: "2026-11-10" }, baseCents: 100, gaps: [] },
  ...change,
});

describe("a statement", () => {
  it("starts the chain of its account, with what the account held before its first line", () => {
    const statement = days("2026-11-01", "2026-11-10", { opening: 100, closing: 500 });
    expect(linkOf(null, statement, { storedCents: 0, newCents: 400 })).toEqual({
      baseCents: 100,
      gapCents: 0,
    });
  });

  it("continues it, also where it repeats lines that are known", () => {
    const next = days("2026-11-08", "2026-11-20", { opening: 450, closing: 700 });
    expect(linkOf(known(), next, { storedCents: 400, newCents: 200 })).toEqual({
      baseCents: 100,
      gapCents: 0,
    });
    const same = days("2026-11-01", "2026-11-10", { opening: 100, closing: 500 });
    expect(linkOf(known(), same, { storedCents: 400, newCents: 0 })).toEqual({ baseCents: 100, gapCents: 0 });
  });

  it("shows what is missing before it", () => {
    const later = days("2026-11-20", "2026-11-30", { opening: 900, closing: 950 });
    expect(linkOf(known(), later, { storedCents: 400, newCents: 50 })).toEqual({
      baseCents: 500,
      gapCents: 400,
    });
  });

  it("fills an accepted gap when it comes later, and is out of place anywhere else", () => {
    const gaps = [{ after: "2026-11-10", before: "2026-11-20" }];
    const chain = known({ closing: { cents: 950, on: "2026-11-30" }, baseCents: 500, gaps });
    const missing = days("2026-11-10", "2026-11-20", { opening: 500, closing: 900 });
    expect(linkOf(chain, missing, { storedCents: 450, newCents: 400 })).toEqual({
      baseCents: 100,
      gapCents: 0,
    });
    const older = days("2026-10-01", "2026-10-31", { opening: 0, closing: 50 });
    expect(linkOf(chain, older, { storedCents: 450, newCents: 50 })).toMatchObject({ gapCents: -50 });
  });
});

it("any division of an account's lines into statements that follow each other has no gap", () => {
  const amounts = fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.integer({ min: -50_000, max: 50_000 }),
      fc.array(amounts, { minLength: 1, maxLength: 8 }),
      (first, files) => {
        let chain: KnownChain | null = null;
        let [opening, storedCents] = [first, 0];
        files.forEach((lines, index) => {
          const newCents = lines.reduce((sum, cents) => sum + cents, 0);
          const on = `2026-11-${String(index + 1).padStart(2, "0")}`;
          const statement = days(on, on, { opening, closing: opening + newCents });
          const { baseCents, gapCents } = linkOf(chain, statement, { storedCents, newCents });
          expect([baseCents, gapCents]).toEqual([first, 0]);
          chain = { closing: statement.closing, baseCents, gaps: [] };
          opening += newCents;
          storedCents += newCents;
        });
      },
    ),
  );
});

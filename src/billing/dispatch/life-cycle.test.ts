import fc from "fast-check";
import {
  currentOf,
  needsFinance,
  isRejectedByPlatform,
  statusLabel,
  type LifeCycleStatus,
} from "./life-cycle";

const status = (code: string, minute: number): LifeCycleStatus => ({
  ...{ code, at: new Date(Date.UTC(2026, 11, 1, 9, minute)), reasonCode: null, reason: null, reasons: [] },
});

describe("the current status of a document", () => {
  it("does not depend on the order or repetition of its statuses", () => {
    const statuses = fc.array(
      fc
        .tuple(fc.constantFrom("200", "203", "205", "207", "210", "212", "213"), fc.nat(5))
        .map(([code, minute]) => status(code, minute)),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        statuses.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
        ),
        ([all, mixed]) => {
          expect(currentOf(mixed)).toEqual(currentOf(all));
        },
      ),
    );
  });

  it("is null without statuses, and needs attention when the document is rejected, refused or disputed", () => {
    expect(currentOf([])).toBeNull();
    expect([isRejectedByPlatform(null), needsFinance(null)]).toEqual([false, false]);
    expect(["213", "501", "207", "205"].map((code) => isRejectedByPlatform(status(code, 0)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(["210", "208", "204"].map((code) => needsFinance(status(code, 0)))).toEqual([true, true, false]);
    expect([statusLabel("212", "FR"), statusLabel("212", "EN"), statusLabel("999", "FR")]).toEqual([
      ...["Encaissée", "Paid", "Statut 999"],
    ]);
  });
});

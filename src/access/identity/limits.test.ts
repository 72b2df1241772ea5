import fc from "fast-check";
import type { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { changedLimits, inOrder, limitsKeyOf } from "./limits";
import type { Limits } from "./principal";

const ids = fc.array(fc.uuid(), { maxLength: 6 });
const limits = fc.record({ sites: ids, campaigns: ids });
const sameOf = ({ sites, campaigns }: Limits): string => JSON.stringify([inOrder(sites), inOrder(campaigns)]);

describe("limitsKeyOf", () => {
  it("is empty only without limits", () => {
    expect(limitsKeyOf({ limits: null })).toBe("");
    fc.assert(fc.property(limits, (some) => limitsKeyOf({ limits: some }) !== ""));
  });

  it("ignores the order of ids and duplicates", () => {
    fc.assert(
      fc.property(limits, ({ sites, campaigns }) => {
        const turned = { sites: [...sites, ...sites].reverse(), campaigns: [...campaigns].reverse() };
        expect(limitsKeyOf({ limits: turned })).toBe(limitsKeyOf({ limits: { sites, campaigns } }));
      }),
    );
  });

  it("differs when the limits differ, even if sites and campaigns only swap ids", () => {
    fc.assert(
      fc.property(limits, limits, (one, other) => {
        expect(limitsKeyOf({ limits: one }) === limitsKeyOf({ limits: other })).toBe(
          sameOf(one) === sameOf(other),
        );
      }),
    );
    const turned = (sites: string[], campaigns: string[]): string =>
      limitsKeyOf({ limits: { sites, campaigns } });
    expect(turned(["a"], ["b"])).not.toBe(turned(["b"], ["a"]));
    expect(turned(["a"], [])).not.toBe(turned([], ["a"]));
  });
});

describe("changedLimits", () => {
  const [a, b] = ["0199a000-0000-7000-8000-00000000000a", "0199a000-0000-7000-8000-00000000000b"] as const;
  const current = { sites: [a], campaigns: [b] };

  it("keeps a list that is absent and removes one that is null", () => {
    expect(changedLimits("SUPPLIER_SALES", current, {})).toEqual(current);
    expect(changedLimits("SUPPLIER_SALES", current, { siteIds: null })).toEqual({
      sites: [],
      campaigns: [b],
    });
    expect(changedLimits("SUPPLIER_SALES", current, { siteIds: null, campaignIds: null })).toBeNull();
    expect(changedLimits("SUPPLIER_SALES", null, {})).toBeNull();
    expect(changedLimits("SUPPLIER_SALES", { sites: [a], campaigns: [] }, { siteIds: null })).toBeNull();
  });

  it("refuses empty lists, both at once", () => {
    try {
      changedLimits("SUPPLIER_SALES", current, { siteIds: [], campaignIds: [] });
    } catch (error) {
      expect(faultsOf(error as AppError).map(({ reason, field }) => [reason, field])).toEqual([
        ["EMPTY", "siteIds"],
        ["EMPTY", "campaignIds"],
      ]);
    }
    expect.assertions(1);
  });

  it("leaves a whole administrator unlimited", () => {
    expect(changedLimits("SUPPLIER_ADMIN", null, {})).toBeNull();
    expect(() => changedLimits("SUPPLIER_ADMIN", null, { siteIds: [a] })).toThrow("cannot be limited");
  });
});

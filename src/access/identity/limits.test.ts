import fc from "fast-check";
import { inOrder, limitsKeyOf } from "./limits";
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

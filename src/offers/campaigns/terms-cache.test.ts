import fc from "fast-check";
import { type CampaignTerms } from "./terms";
import { TermsCache } from "./terms-cache";

const terms = (name: string): CampaignTerms => ({ name, zones: [], excludedZones: [] }) as never;

describe("TermsCache", () => {
  it("keys terms by campaign and version, and drops the least recently used ones", () => {
    const cache = new TermsCache(2);
    cache.put({ campaignId: "a", version: 1 }, terms("a1"));
    cache.put({ campaignId: "a", version: 2 }, terms("a2"));
    expect(cache.get({ campaignId: "a", version: 1 })?.name).toBe("a1");
    cache.put({ campaignId: "b", version: 1 }, terms("b1"));
    expect(cache.get({ campaignId: "a", version: 2 })).toBeUndefined();
    expect(cache.get({ campaignId: "a", version: 1 })?.name).toBe("a1");
  });

  it("does not cache terms with a polygon, which can be large", () => {
    const cache = new TermsCache(2);
    const of = { campaignId: "a", version: 1 };
    cache.put(of, { ...terms("a1"), excludedZones: [{ kind: "polygon" }] } as never);
    expect(cache.get(of)).toBeUndefined();
  });

  it("never returns another version's terms or exceeds its limit", () => {
    const steps = fc.array(fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), put: fc.boolean() }));
    fc.assert(
      fc.property(steps, (all) => {
        const cache = new TermsCache(3);
        for (const { id, put } of all) {
          const of = { campaignId: id, version: 1 };
          if (put) cache.put(of, terms(id));
          const found = cache.get(of);
          if (put) expect(found?.name).toBe(id);
          else expect([undefined, id]).toContain(found?.name);
        }
        const held = ["a", "b", "c", "d", "e"].filter((id) => cache.get({ campaignId: id, version: 1 }));
        expect(held.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

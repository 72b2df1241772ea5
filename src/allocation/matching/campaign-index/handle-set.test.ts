import fc from "fast-check";
import { HandleSet } from "./handle-set";
import { HandleAllocator } from "./handle-allocator";

const handle = fc.oneof(fc.nat(40), fc.nat(5_000));

describe("HandleSet", () => {
  it("behaves like a plain set, both as a list and as bits", () => {
    let asBits = 0;
    const change = fc.record({
      isAdded: fc.boolean(),
      handles: fc.array(handle, { maxLength: 200, size: "max" }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const set = new HandleSet();
        const model = new Set<number>();
        for (const { isAdded, handles } of changes) {
          for (const one of handles) {
            if (isAdded) set.add(one);
            else set.delete(one);
            if (isAdded) model.add(one);
            else model.delete(one);
          }
          const ascending = [...model].sort((a, b) => a - b);
          expect([...set.handles()]).toEqual(ascending);
          expect(set.size).toBe(model.size);
          if (model.size > 200) asBits += 1;
          const words = new Int32Array(160);
          set.addTo(words);
          expect(ascending.every((one) => ((words[one >>> 5] as number) >>> (one & 31)) & 1)).toBe(true);
          set.removeFrom(words);
          expect(words.every((word) => word === 0)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
    expect(asBits).toBeGreaterThan(10);
  });
});

describe("HandleAllocator", () => {
  it("reuses released handles, never for two campaigns at once, and keeps neighbours in the same words", () => {
    const handles = new HandleAllocator();
    const taken = new Map<number, string>();
    const random = fc.sample(fc.tuple(fc.nat(9), fc.boolean(), fc.nat()), { numRuns: 20_000, seed: 7 });
    for (const [locality, isTaken, pick] of random) {
      const known = [...taken.keys()];
      if (isTaken && known.length < 200) {
        const one = handles.take(String(locality));
        expect(taken.has(one)).toBe(false);
        taken.set(one, String(locality));
      } else if (known.length > 0) {
        const one = known[pick % known.length] as number;
        taken.delete(one);
        handles.release(one);
      }
    }
    const homesByWord = new Map<number, Set<string>>();
    for (const [one, locality] of taken) {
      homesByWord.set(one >>> 5, (homesByWord.get(one >>> 5) ?? new Set()).add(locality));
    }
    expect([...homesByWord.values()].every(({ size }) => size === 1)).toBe(true);
    expect(handles.words).toBeLessThan(200 / 32 + 4 * 10);
  });
});

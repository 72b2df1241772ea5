/**
 * How long does matching for three named suppliers take, as in every allocation, compared with matching for
 * all suppliers, as in a preview? Both must find the same campaigns of the three.
 */
import { supplierIdOf } from "./product.mjs";
import { randomOf } from "./random.mjs";
import { median, quantile } from "./statistics.mjs";

export function scopedTimes({ engine, count, leads }) {
  const random = randomOf(7, count);
  const times = leads.map((lead) => {
    const need = engine.prepare(lead);
    const everybody = [...engine.ask(need).entries()];
    // One of the three wants the lead, if anybody does.
    const wanting = everybody.length > 0 ? [random.pick(everybody).supplierId] : [];
    const others = Array.from({ length: 3 - wanting.length }, () => supplierIdOf(random.below(count)));
    const scope = new Set([...wanting, ...others]);
    const begun = performance.now();
    const found = engine.ask(need, scope);
    const took = performance.now() - begun;
    const expected = everybody.filter(({ supplierId }) => scope.has(supplierId)).length;
    if (found.count !== expected)
      throw new Error(`Found ${found.count} campaigns of the three suppliers instead of ${expected}.`);
    return took;
  });
  return { p50Ms: median(times), p99Ms: quantile(times, 0.99) };
}

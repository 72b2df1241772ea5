/**
 * Divides the number line at the bounds that campaigns set: each cut is a section of its own, and so is each
 * gap between two cuts. All values of a section compare alike with every bound that is a cut, so one cached
 * row answers for all of them. A poor choice of cuts makes answers slower but never wrong.
 */
export interface Section {
  readonly number: number;
  /** True for a cut itself, false for the open interval between two cuts. */
  readonly isPoint: boolean;
  readonly from: number;
  readonly to: number;
}

const most = 64;

/** All distinct bounds if there are few of them, otherwise an evenly spaced choice from the sorted sample. */
export function cutsAmong(sample: Float64Array): Float64Array<ArrayBuffer> {
  const sorted = sample.filter(Number.isFinite).sort();
  const distinct = new Set(sorted);
  if (distinct.size <= most) return Float64Array.from(distinct);
  const step = sorted.length / most;
  const chosen = Array.from(
    { length: most },
    (_, index) => sorted[Math.floor((index + 0.5) * step)] as number,
  );
  return Float64Array.from(new Set(chosen));
}

export function sectionOf(cuts: Float64Array, value: number): Section {
  let below = 0;
  let to = cuts.length;
  while (below < to) {
    const middle = (below + to) >>> 1;
    if ((cuts[middle] as number) < value) below = middle + 1;
    else to = middle;
  }
  const next = cuts[below] ?? Infinity;
  if (next === value) return { number: 2 * below + 1, isPoint: true, from: value, to: value };
  return { number: 2 * below, isPoint: false, from: cuts[below - 1] ?? -Infinity, to: next };
}

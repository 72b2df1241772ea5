/**
 * Cuts a line of numbers where campaigns put their bounds: into those points and the gaps between them.
 * All values of one section compare alike with every bound that is a cut, so one row answers for them all.
 * A poor choice of cuts costs time and never an answer.
 */
export interface Section {
  readonly number: number;
  /** A point, or everything between two cuts, both exclusive. */
  readonly isPoint: boolean;
  readonly from: number;
  readonly to: number;
}

const most = 64;

/** The bounds named most evenly over the sample: all of them if they are few. */
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

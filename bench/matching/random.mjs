/** Draws that are the same in every run and for every engine. */

/** A source of its own for each number, so that any campaign can be made again without the ones before it. */
export function randomOf(seed, number) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    pick: (list) => list[below(list.length)],
    some: (count, list) => someOf(count, [...list], below),
    weighted: (weights) => weights.at(next()),
  };
}

/** So many of them, each at most once. */
function someOf(count, list, below) {
  const chosen = [];
  while (chosen.length < count) chosen.push(...list.splice(below(list.length), 1));
  return chosen;
}

/** Items by weight: `at(share)` of a share between 0 and 1. */
export function weightsOf(items, weightOf) {
  const sums = new Float64Array(items.length);
  let sum = 0;
  for (const [index, item] of items.entries()) sums[index] = sum += weightOf(item, index);
  return { at: (share) => items[placeOf(sums, share * sum)] };
}

function placeOf(sums, value) {
  let from = 0;
  let to = sums.length - 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sums[middle] <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** As many different ones as were drawn: fewer than `count` when some are drawn twice. */
export const several = (count, draw) => [...new Set(Array.from({ length: count }, draw))];

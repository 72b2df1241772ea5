/** Seeded random numbers: the same in every run and for every engine. */

/** One source per number, so that any campaign can be generated without the ones before it. */
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

/** `count` distinct items. */
function someOf(count, list, below) {
  const chosen = [];
  while (chosen.length < count) chosen.push(...list.splice(below(list.length), 1));
  return chosen;
}

/** Picks items by weight: `at(share)` takes a share between 0 and 1. */
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

/** The distinct items among `count` draws, which may be fewer than `count`. */
export const several = (count, draw) => [...new Set(Array.from({ length: count }, draw))];

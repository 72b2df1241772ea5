/**
 * Which campaigns are in all of these rows? Works word by word with the most selective rows first, so that a
 * word is dropped as soon as no campaign of it is left.
 */
import { hasBit, lowestBit, type Words } from "./bits";
import type { Row } from "./row-cache";

export interface RowsToIntersect {
  /** The campaigns to consider. */
  readonly inside: Words;
  readonly rows: readonly Row[];
  readonly rechecks: readonly Recheck[];
}

/** A campaign in `words` passes only if `admits` says so. All others pass. */
export interface Recheck {
  readonly words: Words;
  readonly admits: (handle: number) => boolean;
}

/**
 * Writes the matching handles to `into`, ascending, and returns their number. `into` must have room for all
 * handles.
 */
export function intersectRows({ inside, rows, rechecks }: RowsToIntersect, into: Int32Array): number {
  const [a, b, c, d, e, f, g, h] = strictest(inside, rows);
  let count = 0;
  for (let index = 0; index < inside.length; index++) {
    let word = inside[index] as number;
    if (word !== 0) word &= (a[index] as number) & (b[index] as number);
    if (word !== 0) word &= (c[index] as number) & (d[index] as number) & (e[index] as number);
    if (word === 0) continue;
    word &= (f[index] as number) & (g[index] as number) & (h[index] as number);
    const certain = word & ~anyOf(rechecks, index);
    for (let left = word; left !== 0; left &= left - 1) {
      const bit = left & -left;
      const handle = (index << 5) + lowestBit(bit);
      if ((bit & certain) !== 0 || allAdmit(rechecks, handle)) into[count++] = handle;
    }
  }
  return count;
}

const atOnce = 8;
type Eight = readonly [Words, Words, Words, Words, Words, Words, Words, Words];

/**
 * The eight most selective rows. Any further rows are intersected into `inside` beforehand; missing ones are
 * replaced by `inside`, which filters nothing.
 */
function strictest(inside: Words, rows: readonly Row[]): Eight {
  const ordered = rows.toSorted((a, b) => a.size - b.size).map(({ words }) => words);
  for (const words of ordered.slice(atOnce)) intersect(inside, words);
  const at = (place: number): Words => ordered[place] ?? inside;
  return [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)];
}

function intersect(inside: Words, words: Words): void {
  for (let index = 0; index < inside.length; index++) {
    inside[index] = (inside[index] as number) & (words[index] as number);
  }
}

function anyOf(rechecks: readonly Recheck[], index: number): number {
  let word = 0;
  for (const { words } of rechecks) word |= words[index] as number;
  return word;
}

function allAdmit(rechecks: readonly Recheck[], handle: number): boolean {
  for (const { words, admits } of rechecks) if (hasBit(words, handle) && !admits(handle)) return false;
  return true;
}

/**
 * Where few campaigns name a place, each of them is looked at, instead of every word of every row: a rare place
 * costs what it holds and not what the market holds. The answer is the same as the sieve's.
 */
import { clearBit, hasBit, setBit, type Words } from "./bits";
import type { HandleSet } from "./handle-set";
import type { Row } from "./kept-rows";
import { allAdmit, type Doubt } from "./sieve";

export interface FoundFew {
  /** Whoever is in one of these is looked at. */
  readonly named: readonly HandleSet[];
  /** Whoever is only in one of these must be asked whether it holds the place. */
  readonly perhaps: readonly HandleSet[];
  readonly excluded: readonly HandleSet[];
}

export interface FewSieve {
  readonly found: FoundFew;
  readonly rows: readonly Row[];
  readonly byShape: Doubt;
  readonly doubts: readonly Doubt[];
}

export class Few {
  /** Who was looked at already; empty between two questions. */
  private marks: Words = new Int32Array(0);

  /** For so many words of handles. */
  resize(words: number): void {
    this.marks = new Int32Array(words);
  }

  /** Whether it is worth it. Looking at one costs about as much as a word of all rows. */
  isFew({ named, perhaps }: FoundFew): boolean {
    let count = 0;
    for (const set of named) count += set.size;
    for (const set of perhaps) count += set.size;
    return count <= this.marks.length >>> 1;
  }

  /** How many are written to `into`, ascending. It has room for all. */
  sift({ found, rows, byShape, doubts }: FewSieve, into: Int32Array): number {
    const certain = this.collect(found.named, into, 0);
    const all = this.collect(found.perhaps, into, certain);
    for (let index = 0; index < all; index++) clearBit(this.marks, into[index] as number);
    const strictest = rows.toSorted((a, b) => a.size - b.size);
    let count = 0;
    for (let index = 0; index < all; index++) {
      const handle = into[index] as number;
      if (!inAll(strictest, handle) || inAny(found.excluded, handle)) continue;
      if (index >= certain && !byShape.admits(handle)) continue;
      if (allAdmit(doubts, handle)) into[count++] = handle;
    }
    into.subarray(0, count).sort();
    return count;
  }

  private collect(sets: readonly HandleSet[], into: Int32Array, from: number): number {
    let count = from;
    for (const set of sets) {
      for (const handle of set.handles()) {
        if (hasBit(this.marks, handle)) continue;
        setBit(this.marks, handle);
        into[count++] = handle;
      }
    }
    return count;
  }
}

function inAll(rows: readonly Row[], handle: number): boolean {
  for (const { words } of rows) if (!hasBit(words, handle)) return false;
  return true;
}

function inAny(sets: readonly HandleSet[], handle: number): boolean {
  for (const set of sets) if (set.has(handle)) return true;
  return false;
}

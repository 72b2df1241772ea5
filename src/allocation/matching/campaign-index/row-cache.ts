/**
 * A row is the set of campaigns that one answer lets through, as bits over all of them. It is made when the
 * answer is first given, and from then on each change of a campaign is written into it, so that a question
 * asked before costs a look-up. Only so many are kept: answers come from outside.
 */
import { clearBit, countBits, fullWord, hasBit, setBit, type Words } from "./bits";

export class Row {
  size: number;

  constructor(readonly words: Words) {
    this.size = countBits(words);
  }

  put(handle: number, isIn: boolean): void {
    if (hasBit(this.words, handle) === isIn) return;
    if (isIn) setBit(this.words, handle);
    else clearBit(this.words, handle);
    this.size += isIn ? 1 : -1;
  }
}

export class RowCache<Key, Kept extends { readonly key: Key }> {
  private readonly kept = new Map<Key, Kept>();

  constructor(private readonly limit: number) {}

  get(key: Key): Kept | undefined {
    return this.kept.get(key);
  }

  /** The one that has been kept longest makes room. */
  keep(row: Kept): Kept {
    if (this.kept.size >= this.limit) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    this.kept.set(row.key, row);
    return row;
  }

  all(): Iterable<Kept> {
    return this.kept.values();
  }

  clear(): void {
    this.kept.clear();
  }
}

/** Everybody, whether there is a campaign of this number or not: other rows know that. */
export const allHandles = (length: number): Words => new Int32Array(length).fill(fullWord);

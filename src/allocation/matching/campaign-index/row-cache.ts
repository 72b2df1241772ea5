/**
 * A row is the set of campaigns that accept one answer, as a bit set over all campaigns. It is built when the
 * answer is first asked about, and every later change of a campaign is written into it, so that a repeated
 * query costs a look-up. The number of rows is limited, because answers come from outside.
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

  /** When the cache is full, the oldest row is dropped. */
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

/** All bits set, also for handles that are not in use: other rows rule those out. */
export const allHandles = (length: number): Words => new Int32Array(length).fill(fullWord);

/**
 * The campaigns that name one value in their terms, such as a postcode or a make. Kept as a sorted list while
 * that is smaller than a bit set, and as a bit set afterwards, so that a commune with one campaign and a
 * country with all of them are both cheap.
 */
import { clearBit, grown, hasBit, lowestBit, setBit, wordsFor, type Words } from "./bits";

const smallest = 4;

export class HandleSet {
  size = 0;
  private list: Int32Array | null = new Int32Array(smallest);
  private bits: Words = noBits;

  has(handle: number): boolean {
    if (this.list === null) return hasBit(this.bits, handle);
    const place = this.placeOf(this.list, handle);
    return place < this.size && this.list[place] === handle;
  }

  add(handle: number): void {
    if (this.list === null) {
      if (hasBit(this.bits, handle)) return;
      this.addBit(handle);
      this.size += 1;
      return;
    }
    const place = this.placeOf(this.list, handle);
    if (place < this.size && this.list[place] === handle) return;
    this.insert(this.list, place, handle);
    this.size += 1;
    if (this.size > Math.max(64, wordsFor(this.highest() + 1))) this.becomeBits();
  }

  delete(handle: number): void {
    if (this.list !== null) {
      const place = this.placeOf(this.list, handle);
      if (place >= this.size || this.list[place] !== handle) return;
      this.list.copyWithin(place, place + 1, this.size);
      this.size -= 1;
      return;
    }
    if (!hasBit(this.bits, handle)) return;
    clearBit(this.bits, handle);
    this.size -= 1;
    // Well below the size at which a list becomes bits, so that a set near the limit does not switch back and
    // forth.
    if (this.size < 32 + this.bits.length / 8) this.becomeList();
  }

  addTo(words: Words): void {
    if (this.list !== null) {
      for (let index = 0; index < this.size; index++) setBit(words, this.list[index] as number);
      return;
    }
    const length = Math.min(words.length, this.bits.length);
    for (let index = 0; index < length; index++) {
      words[index] = (words[index] as number) | (this.bits[index] as number);
    }
  }

  removeFrom(words: Words): void {
    if (this.list !== null) {
      for (let index = 0; index < this.size; index++) clearBit(words, this.list[index] as number);
      return;
    }
    const length = Math.min(words.length, this.bits.length);
    for (let index = 0; index < length; index++) {
      words[index] = (words[index] as number) & ~(this.bits[index] as number);
    }
  }

  /** Adds the handles that are not in `words` yet, and marks those in `marks`. */
  addUnknownTo(words: Words, marks: Words): void {
    if (this.list === null) {
      addUnknownBits(this.bits, words, marks);
      return;
    }
    for (let index = 0; index < this.size; index++) {
      const handle = this.list[index] as number;
      if (hasBit(words, handle)) continue;
      setBit(words, handle);
      setBit(marks, handle);
    }
  }

  /** All handles, ascending. May return the list itself, so read it before the next change. */
  handles(): Int32Array {
    return this.list !== null ? this.list.subarray(0, this.size) : handlesIn(this.bits, this.size);
  }

  private highest = (): number => (this.list === null ? 0 : (this.list[this.size - 1] ?? 0));

  private addBit(handle: number): void {
    const needed = wordsFor(handle + 1);
    if (needed > this.bits.length) this.bits = grown(this.bits, needed + (needed >>> 2));
    setBit(this.bits, handle);
  }

  private insert(list: Int32Array, place: number, handle: number): void {
    const room = list.length > this.size ? list : roomier(list);
    room.copyWithin(place + 1, place, this.size);
    room[place] = handle;
    this.list = room;
  }

  private becomeBits(): void {
    const bits = new Int32Array(wordsFor(this.highest() + 1));
    this.addTo(bits);
    this.bits = bits;
    this.list = null;
  }

  private becomeList(): void {
    this.list = handlesIn(this.bits, this.size);
    this.bits = noBits;
  }

  /** The index of the handle in the list, or where it would be inserted. */
  private placeOf(list: Int32Array, handle: number): number {
    let from = 0;
    let to = this.size;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((list[middle] as number) < handle) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

const noBits: Words = new Int32Array(0);

function addUnknownBits(bits: Words, words: Words, marks: Words): void {
  const length = Math.min(words.length, bits.length);
  for (let index = 0; index < length; index++) {
    const unknown = (bits[index] as number) & ~(words[index] as number);
    words[index] = (words[index] as number) | unknown;
    marks[index] = (marks[index] as number) | unknown;
  }
}

function roomier(list: Int32Array): Int32Array {
  const larger = new Int32Array(list.length + (list.length >>> 1) + 1);
  larger.set(list);
  return larger;
}

function handlesIn(words: Words, size: number): Int32Array {
  const handles = new Int32Array(Math.max(size, smallest));
  let count = 0;
  for (const [index, word] of words.entries()) {
    for (let left = word; left !== 0; left &= left - 1) handles[count++] = (index << 5) + lowestBit(left);
  }
  return handles.subarray(0, Math.max(size, smallest));
}

/**
 * Sets of small whole numbers as bit sets in 32-bit words. The words are signed because JavaScript's bitwise
 * operators return signed integers, so no conversion is needed.
 */
export type Words = Int32Array<ArrayBuffer>;

export const bitsPerWord = 32;
export const fullWord = -1;

export const wordsFor = (count: number): number => (count + bitsPerWord - 1) >>> 5;

/** A bit beyond the last word is not in the set. */
export const hasBit = (words: Words, bit: number): boolean =>
  bit >>> 5 < words.length && (((words[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1;

export function setBit(words: Words, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
}

export function clearBit(words: Words, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) & ~(1 << (bit & 31));
}

/** The position of the lowest set bit of a non-zero word. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

export function countBits(words: Words): number {
  let count = 0;
  for (const word of words) count += bitsIn(word);
  return count;
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A copy with room for more words. */
export function grown(words: Words, length: number): Words {
  const larger = new Int32Array(length);
  larger.set(words.subarray(0, Math.min(words.length, length)));
  return larger;
}

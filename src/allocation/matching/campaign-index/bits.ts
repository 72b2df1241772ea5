/**
 * Sets of small whole numbers, one bit each, in words of 32. Words are signed because that is what the
 * processor's bit operations return: nothing is converted on the way.
 */
export type Words = Int32Array<ArrayBuffer>;

export const bitsPerWord = 32;
export const fullWord = -1;

export const wordsFor = (count: number): number => (count + bitsPerWord - 1) >>> 5;

/** What lies behind the last word is not in the set. */
export const hasBit = (words: Words, bit: number): boolean =>
  bit >>> 5 < words.length && (((words[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1;

export function setBit(words: Words, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
}

export function clearBit(words: Words, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) & ~(1 << (bit & 31));
}

/** The place of the lowest bit of a word that is not zero. */
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

/** The same set with room for more. */
export function grown(words: Words, length: number): Words {
  const larger = new Int32Array(length);
  larger.set(words.subarray(0, Math.min(words.length, length)));
  return larger;
}

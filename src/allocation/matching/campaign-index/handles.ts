/**
 * Gives each campaign its number, and keeps neighbours together: the campaigns of one home fill words of
 * their own, so that a place far away finds these words empty and skips 32 campaigns at a time. Numbers are
 * used again, so that a million changes do not make the index any longer.
 */
import { bitsPerWord, clearBit, fullWord, grown, lowestBit, setBit, type Words } from "./bits";

export class Handles {
  /** Which numbers are in use. */
  private used: Words = new Int32Array(0);
  private readonly homes: (string | null)[] = [];
  private readonly emptyWords: number[] = [];
  /** Words of a home in which there is room. */
  private readonly roomy = new Map<string, number[]>();

  /** How many words there are; a number is below 32 times as many. */
  get words(): number {
    return this.homes.length;
  }

  take(home: string): number {
    const roomy = this.roomy.get(home) ?? [];
    const word = roomy.at(-1) ?? this.newWord(home, roomy);
    const handle = word * bitsPerWord + lowestBit(~(this.used[word] as number));
    setBit(this.used, handle);
    if (this.used[word] === fullWord) roomy.pop();
    return handle;
  }

  release(handle: number): void {
    const word = handle >>> 5;
    const home = this.homes[word];
    if (home == null) return;
    const roomy = this.roomy.get(home) ?? [];
    if (this.used[word] === fullWord) roomy.push(word);
    clearBit(this.used, handle);
    if (this.used[word] !== 0) return;
    roomy.splice(roomy.indexOf(word), 1);
    if (roomy.length === 0) this.roomy.delete(home);
    this.homes[word] = null;
    this.emptyWords.push(word);
  }

  private newWord(home: string, roomy: number[]): number {
    const word = this.emptyWords.pop() ?? this.homes.length;
    this.homes[word] = home;
    if (word >= this.used.length) this.used = grown(this.used, word + 1 + (word >>> 1));
    roomy.push(word);
    this.roomy.set(home, roomy);
    return word;
  }
}

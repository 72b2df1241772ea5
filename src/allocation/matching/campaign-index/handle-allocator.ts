/**
 * Gives each campaign its number, and keeps neighbours together: the campaigns of one home fill words of
 * their own, so that a place far away finds these words empty and skips 32 campaigns at a time. Numbers are
 * used again, so that a million changes do not make the index any longer.
 */
import { bitsPerWord, clearBit, fullWord, grown, lowestBit, setBit, type Words } from "./bits";

export class HandleAllocator {
  /** Which numbers are in use. */
  private used: Words = new Int32Array(0);
  private readonly localities: (string | null)[] = [];
  private readonly emptyWords: number[] = [];
  /** Words of a home in which there is room. */
  private readonly withRoom = new Map<string, number[]>();

  /** How many words there are; a number is below 32 times as many. */
  get words(): number {
    return this.localities.length;
  }

  take(locality: string): number {
    const withRoom = this.withRoom.get(locality) ?? [];
    const word = withRoom.at(-1) ?? this.newWord(locality, withRoom);
    const handle = word * bitsPerWord + lowestBit(~(this.used[word] as number));
    setBit(this.used, handle);
    if (this.used[word] === fullWord) withRoom.pop();
    return handle;
  }

  release(handle: number): void {
    const word = handle >>> 5;
    const locality = this.localities[word];
    if (locality == null) return;
    const withRoom = this.withRoom.get(locality) ?? [];
    if (this.used[word] === fullWord) withRoom.push(word);
    clearBit(this.used, handle);
    if (this.used[word] !== 0) return;
    withRoom.splice(withRoom.indexOf(word), 1);
    if (withRoom.length === 0) this.withRoom.delete(locality);
    this.localities[word] = null;
    this.emptyWords.push(word);
  }

  private newWord(locality: string, withRoom: number[]): number {
    const word = this.emptyWords.pop() ?? this.localities.length;
    this.localities[word] = locality;
    if (word >= this.used.length) this.used = grown(this.used, word + 1 + (word >>> 1));
    withRoom.push(word);
    this.withRoom.set(locality, withRoom);
    return word;
  }
}

/**
 * Gives each campaign a number (its handle) and keeps neighbours together: campaigns of one locality fill
 * 32-bit words of their own. A query about a distant place finds those words empty and skips 32 campaigns at
 * a time. Released handles are used again, so a million changes do not make the index longer.
 */
import { bitsPerWord, clearBit, fullWord, grown, lowestBit, setBit, type Words } from "./bits";

export class HandleAllocator {
  /** The handles in use. */
  private used: Words = new Int32Array(0);
  private readonly localities: (string | null)[] = [];
  private readonly emptyWords: number[] = [];
  /** Words of a locality that still have a free bit. */
  private readonly withRoom = new Map<string, number[]>();

  /** The number of words. Every handle is below 32 times that number. */
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

/**
 * What was read a moment ago: a form site asks several times for each lead, always with the same key and from
 * the same origin. Nothing is remembered for longer than a second from before it was read, so what is revoked
 * elsewhere stops working here within that second; what is revoked in this process is forgotten at once.
 */
import { elapsedMs } from "../../platform/clock";

const maxAgeMs = 1_000;
const mostKept = 1_000;

interface Reading<T> {
  readonly answer: Promise<T>;
  readonly begunAt: number;
}

interface Kept<T> {
  readonly value: T;
  readonly readAt: number;
}

export interface BriefMemoryOptions<T> {
  /** What may be remembered; everything else is read each time. */
  readonly keeps: (value: T) => boolean;
  /** Milliseconds that never go back. */
  readonly now?: (() => number) | undefined;
}

export class BriefMemory<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private readonly reading = new Map<string, Reading<T>>();
  private readonly now: () => number;

  constructor(private readonly options: BriefMemoryOptions<T>) {
    this.now = options.now ?? elapsedMs;
  }

  /** What is remembered under this name, or what `read` gives. Who comes while it is read waits for the same. */
  async of(name: string, read: () => Promise<T>): Promise<T> {
    const kept = this.kept.get(name);
    if (kept && this.isRecent(kept.readAt)) return kept.value;
    const under = this.reading.get(name);
    if (under && this.isRecent(under.begunAt)) return under.answer;
    const begunAt = this.now();
    const reading = { answer: read(), begunAt };
    this.reading.set(name, reading);
    return this.remember(name, reading);
  }

  /** Call after the commit that revoked something. */
  forget(): void {
    // Also what is being read: whoever comes after this must not be answered by what was read before it.
    this.reading.clear();
    this.kept.clear();
  }

  private isRecent(at: number): boolean {
    return this.now() - at < maxAgeMs;
  }

  private async remember(name: string, reading: Reading<T>): Promise<T> {
    const isLatest = (): boolean => this.reading.get(name) === reading;
    try {
      const value = await reading.answer;
      // Everything may have been forgotten meanwhile: then it is an answer, and nothing to keep.
      if (this.options.keeps(value) && isLatest()) this.keep(name, { value, readAt: reading.begunAt });
      return value;
    } finally {
      if (isLatest()) this.reading.delete(name);
    }
  }

  private keep(name: string, kept: Kept<T>): void {
    this.kept.delete(name);
    this.kept.set(name, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
  }
}

/**
 * A cache whose entries live for one second. A form site sends several requests for each lead, always with the same
 * key and from the same origin. The second starts before the read does, so what another process revokes stops
 * working here within that second; what this process revokes is forgotten at once.
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
  /** Whether a value may be cached; other values are read each time. */
  readonly keeps: (value: T) => boolean;
  /** A monotonic clock in milliseconds. */
  readonly now?: (() => number) | undefined;
}

export class BriefMemory<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private readonly reading = new Map<string, Reading<T>>();
  private readonly now: () => number;

  constructor(private readonly options: BriefMemoryOptions<T>) {
    this.now = options.now ?? elapsedMs;
  }

  /** Returns the cached value or calls `read`. Concurrent callers share one read. */
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
    // Reads in progress are dropped too: later callers must not get a value that was read before this call.
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
      // `forget` may have been called meanwhile; the value then answers this caller but is not cached.
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

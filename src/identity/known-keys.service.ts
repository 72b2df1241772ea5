/**
 * Keys of form sites as they were read a moment ago: a form site asks several times for each lead, always with
 * the same key. Nothing is known for longer than a second from before it was read, so a key that is revoked
 * elsewhere stops working here within that second; one that is revoked in this process stops at once.
 *
 * Only form keys that are in force are kept: whoever may see a supplier's or a person's data is looked up anew.
 */
import type { Principal } from "./principal";

const maxAgeMs = 1_000;
const mostKept = 1_000;

interface Reading {
  readonly answer: Promise<Principal | null>;
  readonly begunAt: number;
}

interface Known {
  readonly principal: Principal;
  readonly readAt: number;
}

export class KnownKeys {
  private readonly known = new Map<string, Known>();
  private readonly reading = new Map<string, Reading>();

  /** `now` is a clock that never goes back, in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The principal of this token's hash, read unless it is known. Who comes while it is read waits for the same. */
  async of(hash: Buffer, read: () => Promise<Principal | null>): Promise<Principal | null> {
    const name = hash.toString("base64");
    const known = this.known.get(name);
    if (known && this.isRecent(known.readAt)) return known.principal;
    const under = this.reading.get(name);
    if (under && this.isRecent(under.begunAt)) return under.answer;
    const begunAt = this.now();
    const answer = read();
    const reading = { answer, begunAt };
    this.reading.set(name, reading);
    return this.remember(name, reading);
  }

  /** Call after the commit that revoked the key. */
  forget(id: string): void {
    // A request that comes after this must not be answered by what was read before it.
    this.reading.clear();
    for (const [name, { principal }] of this.known) if (principal.id === id) this.known.delete(name);
  }

  private isRecent(at: number): boolean {
    return this.now() - at < maxAgeMs;
  }

  private async remember(name: string, reading: Reading): Promise<Principal | null> {
    const isLatest = (): boolean => this.reading.get(name) === reading;
    try {
      const principal = await reading.answer;
      // Something was forgotten meanwhile, perhaps this: then it is an answer, and nothing to keep.
      if (principal?.role === "FORM" && isLatest()) this.keep(name, { principal, readAt: reading.begunAt });
      return principal;
    } finally {
      if (isLatest()) this.reading.delete(name);
    }
  }

  private keep(name: string, known: Known): void {
    this.known.delete(name);
    this.known.set(name, known);
    const [oldest] = this.known.keys();
    if (this.known.size > mostKept && oldest !== undefined) this.known.delete(oldest);
  }
}

/**
 * Writes to one client with backpressure. Data that the network has not accepted stays in our memory, so
 * writers check or wait until the outbox is drained before they write more. A client that stays behind for too
 * long, or that leaves too many answers unread, is reported through `onTooSlow`.
 */
import { after, cancel, nextTurn } from "../clock";
import { limits } from "./limits";

/** The connection to the client. */
export interface Pipe {
  readonly isOpen: () => boolean;
  /** Bytes that were written and that the network has not accepted. */
  readonly bufferedBytes: () => number;
  /** `done` is called when the network has accepted the bytes, or never will. */
  readonly write: (bytes: Buffer | string, done: () => void) => void;
  /** Sends everything that `work` writes in as few packets as possible. */
  readonly together: (work: () => void) => void;
}

/** After this many answers, other work of the process gets a chance to run. */
const yieldEvery = 32;

export class Outbox {
  private writesInFlight = 0;
  private queuedBytes = 0;
  private answers = 0;
  private waiters: (() => void)[] = [];
  private slowTimer: NodeJS.Timeout | null = null;
  private lastInOrder: Promise<void> | null = null;

  constructor(
    private readonly pipe: Pipe,
    /** Called when the client has read nothing for too long, or leaves too many answers unread. */
    private readonly onTooSlow: () => void,
  ) {}

  /** Whether the network has accepted everything written so far. */
  isDrained(): boolean {
    return this.writesInFlight === 0 || this.pipe.bufferedBytes() === 0;
  }

  write(bytes: Buffer | string): void {
    this.writesInFlight += 1;
    this.pipe.write(bytes, this.written);
  }

  writeTogether(all: readonly Buffer[]): void {
    this.pipe.together(() => {
      for (const bytes of all) this.write(bytes);
    });
  }

  /** Resolves when the outbox is drained or the connection is closed. */
  async drained(): Promise<void> {
    if (this.isDrained() || !this.pipe.isOpen()) return;
    this.slowTimer ??= after(limits.slowReaderMs, this.onTooSlow).unref();
    await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  /** Sends the answer to a request as soon as little enough is buffered before it. */
  async answer(text: string): Promise<void> {
    this.queuedBytes += text.length;
    if (this.queuedBytes + this.pipe.bufferedBytes() > limits.unreadBytes) this.onTooSlow();
    while (this.pipe.isOpen() && this.pipe.bufferedBytes() > limits.bufferedBytes) await this.drained();
    this.queuedBytes -= text.length;
    if (!this.pipe.isOpen()) return;
    this.write(text);
    await this.drained();
    this.answers += 1;
    // A source that always has more events would otherwise starve everything else in this process.
    if (this.answers % yieldEvery === 0) await nextTurn();
  }

  /** Runs work one after another, so that subscriptions which catch up over one connection prepare little ahead. */
  inOrder<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.lastInOrder === null ? work() : this.lastInOrder.then(work);
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    this.lastInOrder = over;
    void over.then(() => {
      if (this.lastInOrder === over) this.lastInOrder = null;
    });
    return mine;
  }

  /** Call when the connection is closed: resolves all waiters. */
  end(): void {
    this.release();
  }

  private readonly written = (): void => {
    this.writesInFlight -= 1;
    if (this.writesInFlight === 0) this.release();
  };

  private release(): void {
    if (this.slowTimer) cancel(this.slowTimer);
    this.slowTimer = null;
    for (const resolve of this.waiters.splice(0)) resolve();
  }
}

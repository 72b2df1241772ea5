/**
 * What goes out to one reader, at its own pace. What the network has not taken waits in our memory, so it is
 * kept small: whoever writes asks first whether the reader is free, or waits until it is. A reader that stays
 * behind for too long is reported, and so is one that lets its answers pile up.
 */
import { after, cancel, nextTurn } from "../clock";
import { limits } from "./limits";

/** The connection itself. */
export interface Pipe {
  readonly isOpen: () => boolean;
  /** Bytes that were written and that the network has not taken. */
  readonly waiting: () => number;
  /** `taken` is called when the network has it, or never will. */
  readonly write: (bytes: Buffer | string, taken: () => void) => void;
  /** What is written by `work` goes out in one go. */
  readonly together: (work: () => void) => void;
}

const breathEvery = 32;

export class Outbox {
  private underWay = 0;
  private queued = 0;
  private answers = 0;
  private waiters: (() => void)[] = [];
  private patience: NodeJS.Timeout | null = null;
  private lastTurn: Promise<void> | null = null;

  constructor(
    private readonly pipe: Pipe,
    /** The reader has taken nothing for too long, or asks and does not read. */
    private readonly tooSlow: () => void,
  ) {}

  /** Whether everything written so far is with the network. */
  isFree(): boolean {
    return this.underWay === 0 || this.pipe.waiting() === 0;
  }

  write(bytes: Buffer | string): void {
    this.underWay += 1;
    this.pipe.write(bytes, this.taken);
  }

  writeTogether(all: readonly Buffer[]): void {
    this.pipe.together(() => {
      for (const bytes of all) this.write(bytes);
    });
  }

  /** Resolves when the reader is free, or the connection is gone. */
  async free(): Promise<void> {
    if (this.isFree() || !this.pipe.isOpen()) return;
    this.patience ??= after(limits.slowReaderMs, this.tooSlow).unref();
    await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  /** An answer to something that was asked: it goes out as soon as not too much is before it. */
  async answer(text: string): Promise<void> {
    this.queued += text.length;
    if (this.queued + this.pipe.waiting() > limits.unreadBytes) this.tooSlow();
    while (this.pipe.isOpen() && this.pipe.waiting() > limits.bufferedBytes) await this.free();
    this.queued -= text.length;
    if (!this.pipe.isOpen()) return;
    this.write(text);
    await this.free();
    this.answers += 1;
    // A source that always has more would otherwise never let anything else in this process happen.
    if (this.answers % breathEvery === 0) await nextTurn();
  }

  /** One after another: so many catch up over one connection, and what is made for it ahead stays small. */
  turn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.lastTurn === null ? work() : this.lastTurn.then(work);
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    this.lastTurn = over;
    void over.then(() => {
      if (this.lastTurn === over) this.lastTurn = null;
    });
    return mine;
  }

  /** The connection is gone: nobody waits for it any more. */
  end(): void {
    this.release();
  }

  private readonly taken = (): void => {
    this.underWay -= 1;
    if (this.underWay === 0) this.release();
  };

  private release(): void {
    if (this.patience) cancel(this.patience);
    this.patience = null;
    for (const resolve of this.waiters.splice(0)) resolve();
  }
}

/**
 * A semaphore with a bounded queue: at most `concurrency` pieces of work run at once, the others wait in the
 * order in which they came. When the queue is full, new work is refused at once instead of waiting for ever.
 */
export class QueueFull extends Error {
  constructor() {
    super("The queue of the semaphore is full.");
  }
}

export interface SemaphoreOptions {
  readonly concurrency: number;
  readonly maxQueued: number;
  /** Called whenever one of the two numbers has changed. */
  readonly onChange?: (running: number, waiting: number) => void;
}

export class Semaphore {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly options: SemaphoreOptions) {}

  /** Rejects with QueueFull, without starting the work, when the queue is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.acquire();
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private async acquire(): Promise<void> {
    const { concurrency, maxQueued } = this.options;
    if (this.running < concurrency) {
      this.running += 1;
      this.notify();
      return;
    }
    if (this.queue.length >= maxQueued) throw new QueueFull();
    await new Promise<void>((resolve) => {
      this.queue.push(resolve);
      this.notify();
    });
  }

  private release(): void {
    const next = this.queue.shift();
    // The slot goes straight to the next in the queue, so that no newcomer can take it first.
    if (next) next();
    else this.running -= 1;
    this.notify();
  }

  private notify(): void {
    this.options.onChange?.(this.running, this.queue.length);
  }
}

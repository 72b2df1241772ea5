/**
 * A queue in front of something that bears only so many at once: first come, first served. Whoever comes when
 * too many wait already is told so, instead of waiting for ever.
 */
export class Crowded extends Error {
  constructor() {
    super("Too many wait already.");
  }
}

export interface TurnsOptions {
  readonly atOnce: number;
  readonly mostWaiting: number;
  /** Told whenever one of the two numbers has changed. */
  readonly onChange?: (running: number, waiting: number) => void;
}

export class Turns {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly options: TurnsOptions) {}

  /** Rejects with Crowded, without doing the work, when too many wait. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    const { atOnce, mostWaiting } = this.options;
    if (this.running < atOnce) {
      this.running += 1;
      this.told();
      return;
    }
    if (this.queue.length >= mostWaiting) throw new Crowded();
    await new Promise<void>((resolve) => {
      this.queue.push(resolve);
      this.told();
    });
  }

  private leave(): void {
    const next = this.queue.shift();
    // The place is handed over, so nobody can slip in between.
    if (next) next();
    else this.running -= 1;
    this.told();
  }

  private told(): void {
    this.options.onChange?.(this.running, this.queue.length);
  }
}

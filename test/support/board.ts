/** An in-memory feed that can be followed like the real one. It counts reads and can be slowed down. */
import { SharedSource, type Numbered, type Reading, type Watcher } from "../../src/platform/shared-source";

export class Board {
  readonly reading = { now: 0, most: 0 };
  private count = 0;
  private readonly watchers = new Set<Watcher>();
  private opening: Promise<void> = Promise.resolve();

  constructor(private readonly readMs = 0) {}

  get end(): number {
    return this.count;
  }

  post(many = 1): void {
    this.count += many;
    for (const { wake } of [...this.watchers]) wake();
  }

  follow(after: number): SharedSource {
    return new SharedSource<Numbered>({
      name: "board",
      startArguments: ["after"],
      begin: async () => after,
      read: (from, limit) => this.read(from, limit),
      version: () => this.count,
      watch: (watcher) => {
        this.watchers.add(watcher);
        return () => void this.watchers.delete(watcher);
      },
    });
  }

  /** Blocks all reads until the returned function is called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.opening = new Promise((resolve) => (release = resolve));
    return release;
  }

  private async read(after: number, limit: number): Promise<Reading<Numbered>> {
    this.reading.now += 1;
    this.reading.most = Math.max(this.reading.most, this.reading.now);
    await this.opening;
    await new Promise((resolve) =>
      this.readMs > 0 ? setTimeout(resolve, this.readMs) : setImmediate(resolve),
    );
    this.reading.now -= 1;
    const many = Math.max(0, Math.min(limit, this.count - after));
    const events = Array.from({ length: many }, (_, index) => ({ position: after + index + 1 }));
    return { events, through: after + many };
  }
}

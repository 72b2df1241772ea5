/**
 * "Look again": a hint that something may have changed, never the thing itself. Whoever waits also
 * looks again on its own after a while, so a lost hint costs latency and nothing else.
 *
 * Hints go out after commit and together: a NOTIFY inside every transaction would make commits
 * queue for one lock. What brings them to the other processes is a carrier.
 */
import { Line, sendOnce, type Carrier } from "./carrier";
import { after, cancel } from "./clock";
import { randomUUID } from "./random";

const coalesceMs = 4;
const topicsPerMessage = 100;

export interface HintsObserver {
  /** The carrier failed, or failed again; it is tried again until it comes back. */
  readonly onError: (error: Error) => void;
  readonly onConnected?: () => void;
  /** So many topics went out to other processes, or came from them. */
  readonly onCarried?: (direction: "sent" | "received", topics: number) => void;
}

/** A hint from a program that does not stay to hear any. False if it reached nobody: they look again anyway. */
export const sayOnce = (carrier: Carrier, topic: string): Promise<boolean> =>
  sendOnce(carrier, `${randomUUID()} ${topic}`);

export class Hints {
  private readonly self = randomUUID();
  /** How often it began to listen: what was said in between is not known, so every topic may have changed. */
  private beginnings = 0;
  private readonly changes = new Map<string, number>();
  private readonly waiting = new Map<string, Set<() => void>>();
  /** Kept while there is no connection: others may be connected all the time and hear nothing else. */
  private readonly outgoing = new Set<string>();
  private readonly line: Line;
  private stopped = false;
  private flushTimer: NodeJS.Timeout | null = null;
  private sending: Promise<void> | null = null;

  constructor(
    carrier: Carrier,
    private readonly observer: HintsObserver,
  ) {
    this.line = new Line(carrier, {
      heard: (message) => {
        this.received(message);
      },
      connected: () => {
        this.begin();
      },
      failed: observer.onError,
    });
  }

  get isConnected(): boolean {
    return this.line.isConnected;
  }

  get carrierName(): Carrier["name"] {
    return this.line.carrier.name;
  }

  start(): Promise<void> {
    return this.line.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.flushTimer) cancel(this.flushTimer);
    await this.flush();
    await this.line.stop();
    for (const topic of this.waiting.keys()) this.wake(topic);
  }

  /** Call after commit. This process is woken at once, the others within milliseconds. */
  publish(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.outgoing.add(topic);
      this.wake(topic);
    }
    this.flushTimer ??= after(coalesceMs, () => void this.flush());
  }

  /** Read this before looking, and give it to `changed`: a hint in between is then not missed. */
  version(topic: string): number {
    return this.beginnings + (this.changes.get(topic) ?? 0);
  }

  /** Resolves when the topic changed since `seen`, when `signal` aborts, or after `backstopMs`. */
  async changed(
    topic: string,
    seen: number,
    options: { signal: AbortSignal; backstopMs: number },
  ): Promise<void> {
    if (this.version(topic) !== seen || options.signal.aborted || this.stopped) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        cancel(timer);
        options.signal.removeEventListener("abort", done);
        this.forget(topic, done);
        resolve();
      };
      const timer = after(options.backstopMs, done);
      options.signal.addEventListener("abort", done, { once: true });
      this.remember(topic, done);
    });
  }

  /** Calls back at every change, until the function that it returns is called. It costs less than waiting again each time. */
  listen(topic: string, heard: () => void): () => void {
    this.remember(topic, heard);
    return () => {
      this.forget(topic, heard);
    };
  }

  private remember(topic: string, done: () => void): void {
    const known = this.waiting.get(topic) ?? new Set();
    this.waiting.set(topic, known.add(done));
  }

  private forget(topic: string, done: () => void): void {
    const known = this.waiting.get(topic);
    known?.delete(done);
    if (known?.size === 0) this.waiting.delete(topic);
  }

  private wake(topic: string): void {
    const known = this.waiting.get(topic);
    this.changes.set(topic, (this.changes.get(topic) ?? 0) + 1);
    for (const done of [...(known ?? [])]) done();
  }

  private begin(): void {
    this.beginnings += 1;
    // What was said while nobody listened is not known: everybody looks again.
    for (const topic of this.waiting.keys()) this.wake(topic);
    this.observer.onConnected?.();
    if (this.outgoing.size > 0) void this.flush();
  }

  private received(message: string): void {
    const [from, ...topics] = message.split(" ");
    if (from === this.self) return;
    this.observer.onCarried?.("received", topics.length);
    for (const topic of topics) this.wake(topic);
  }

  /** One message at a time: what is said while one is on its way goes out together, behind it. */
  private flush(): Promise<void> {
    this.flushTimer = null;
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    while (this.outgoing.size > 0) {
      const some = [...this.outgoing].slice(0, topicsPerMessage);
      for (const topic of some) this.outgoing.delete(topic);
      const { beginnings } = this;
      if (await this.line.send([this.self, ...some].join(" "))) {
        this.observer.onCarried?.("sent", some.length);
        continue;
      }
      for (const topic of some) this.outgoing.add(topic);
      // Connected again meanwhile: that would have sent them, and found this under way.
      if (this.beginnings === beginnings) return;
    }
  }
}

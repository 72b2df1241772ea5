/**
 * Hints that something under a topic may have changed. A hint never holds the data itself. Readers also poll at
 * a slower rate, so a lost hint only costs latency.
 *
 * Hints are sent after commit and in batches, because a NOTIFY inside every transaction would make commits queue
 * for one lock. A transport carries them to the other processes.
 */
import { ReconnectingLink, sendOnce, type HintTransport } from "./hint-transport";
import { after, cancel, systemClock, type Clock } from "./clock";
import { randomUUID } from "./random";

const coalesceMs = 4;
const topicsPerMessage = 100;

export interface HintsObserver {
  /** Called at every failure of the transport. It is retried until it is back. */
  readonly onError: (error: Error) => void;
  readonly onConnected?: () => void;
  /** Called with the number of topics that were sent to other processes or received from them. */
  readonly onCarried?: (direction: "sent" | "received", topics: number) => void;
}

/** Publishes one hint from a program that does not listen itself. Returns false if the hint could not be sent. */
export const publishOnce = (transport: HintTransport, topic: string): Promise<boolean> =>
  sendOnce(transport, `${randomUUID()} ${topic}`);

export class Hints {
  private readonly self = randomUUID();
  /** The number of connections so far. Hints may be lost between two, so each one changes every topic's version. */
  private connections = 0;
  private readonly changes = new Map<string, number>();
  private readonly waiting = new Map<string, Set<() => void>>();
  /** Kept while there is no connection, because other processes may stay connected and would miss these hints. */
  private readonly outgoing = new Set<string>();
  private readonly link: ReconnectingLink;
  private stopped = false;
  private flushTimer: NodeJS.Timeout | null = null;
  private sending: Promise<void> | null = null;

  constructor(
    transport: HintTransport,
    private readonly observer: HintsObserver,
  ) {
    this.link = new ReconnectingLink(transport, {
      onMessage: (message) => {
        this.received(message);
      },
      onConnected: () => {
        this.connected();
      },
      onError: observer.onError,
    });
  }

  get isConnected(): boolean {
    return this.link.isConnected;
  }

  get transportName(): HintTransport["name"] {
    return this.link.transport.name;
  }

  start(): Promise<void> {
    return this.link.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.flushTimer) cancel(this.flushTimer);
    await this.flush();
    await this.link.stop();
    for (const topic of this.waiting.keys()) this.wake(topic);
  }

  /** Call after commit. Wakes this process at once and the others within milliseconds. */
  publish(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.outgoing.add(topic);
      this.wake(topic);
    }
    this.flushTimer ??= after(coalesceMs, () => void this.flush());
  }

  /** Read this before reading data and pass it to `changed`, so that no hint in between is missed. */
  version(topic: string): number {
    return this.connections + (this.changes.get(topic) ?? 0);
  }

  /** Resolves when the topic changed since `seen`, when `signal` aborts, or after `backstopMs` on the clock. */
  async changed(
    topic: string,
    seen: number,
    options: { signal: AbortSignal; backstopMs: number; clock?: Pick<Clock, "after"> },
  ): Promise<void> {
    if (this.version(topic) !== seen || options.signal.aborted || this.stopped) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stopWaiting();
        options.signal.removeEventListener("abort", done);
        this.forget(topic, done);
        resolve();
      };
      const stopWaiting = (options.clock ?? systemClock).after(options.backstopMs, done);
      options.signal.addEventListener("abort", done, { once: true });
      this.remember(topic, done);
    });
  }

  /** Calls `listener` at every change until the returned function is called. Cheaper than repeated `changed` calls. */
  listen(topic: string, listener: () => void): () => void {
    this.remember(topic, listener);
    return () => {
      this.forget(topic, listener);
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

  private connected(): void {
    this.connections += 1;
    // Hints may have been lost while there was no connection, so every reader reads again.
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

  /** Sends one message at a time. Hints published meanwhile go out together in the next one. */
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
      const { connections } = this;
      if (await this.link.send([this.self, ...some].join(" "))) {
        this.observer.onCarried?.("sent", some.length);
        continue;
      }
      for (const topic of some) this.outgoing.add(topic);
      // After a reconnect `connected` has called `flush`, which found this run in progress; so it continues here.
      if (this.connections === connections) return;
    }
  }
}

/**
 * "Look again": a hint that something may have changed, never the thing itself. Whoever waits also
 * looks again on its own after a while, so a lost hint costs latency and nothing else.
 *
 * Hints go out after commit and together: a NOTIFY inside every transaction would make commits
 * queue for one lock.
 */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type { DataSource } from "typeorm";

const channel = "caratlas";
const coalesceMs = 4;
const topicsPerNotification = 100;
const reconnectMs = 500;

/** A hint from a program that does not stay to hear any. */
export const sayOnce = (source: DataSource, topic: string): Promise<unknown> =>
  source.query("SELECT pg_notify($1, $2)", [channel, `${randomUUID()} ${topic}`]);

export class Hints {
  private readonly self = randomUUID();
  /** How often it began to listen: what was said in between is not known, so every topic may have changed. */
  private beginnings = 0;
  private readonly changes = new Map<string, number>();
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly outgoing = new Set<string>();
  private client: Client | null = null;
  private stopped = false;
  private flushTimer: NodeJS.Timeout | null = null;
  private reconnectTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly url: string,
    private readonly onError: (error: Error) => void,
  ) {}

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    // Without a listener, a dropped connection would end the process.
    client.on("error", (error) => {
      this.lost(client, error);
    });
    client.on("end", () => {
      this.lost(client, new Error("the LISTEN connection ended"));
    });
    client.on("notification", ({ payload }) => {
      this.received(payload ?? "");
    });
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    if (this.stopped) return client.end();
    this.client = client;
    this.beginnings += 1;
    // What was said while nobody listened is not known: everybody looks again.
    for (const topic of this.waiting.keys()) this.wake(topic);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.reconnectTimer) clearTimeout(this.reconnectTimer);
    if (this.flushTimer) clearTimeout(this.flushTimer);
    await this.flush();
    await this.client?.end().catch(() => undefined);
    for (const topic of this.waiting.keys()) this.wake(topic);
  }

  /** Call after commit. This process is woken at once, the others within milliseconds. */
  publish(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.outgoing.add(topic);
      this.wake(topic);
    }
    this.flushTimer ??= setTimeout(() => void this.flush(), coalesceMs);
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
        clearTimeout(timer);
        options.signal.removeEventListener("abort", done);
        this.forget(topic, done);
        resolve();
      };
      const timer = setTimeout(done, options.backstopMs);
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

  private received(payload: string): void {
    const [from, ...topics] = payload.split(" ");
    if (from === this.self) return;
    for (const topic of topics) this.wake(topic);
  }

  private async flush(): Promise<void> {
    this.flushTimer = null;
    const topics = [...this.outgoing];
    this.outgoing.clear();
    for (let i = 0; i < topics.length; i += topicsPerNotification) {
      const payload = [this.self, ...topics.slice(i, i + topicsPerNotification)].join(" ");
      await this.client?.query("SELECT pg_notify($1, $2)", [channel, payload]).catch(this.onError);
    }
  }

  private lost(client: Client, error: Error): void {
    if (this.stopped || this.reconnectTimer) return;
    if (this.client !== null && this.client !== client) return;
    this.client = null;
    this.onError(error);
    this.reconnectTimer = setTimeout(() => {
      this.reconnectTimer = null;
      this.start().catch((failure: unknown) => {
        this.lost(client, failure instanceof Error ? failure : new Error(String(failure)));
      });
    }, reconnectMs);
  }
}

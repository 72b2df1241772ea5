import fc, { type Scheduler } from "fast-check";
import type { SharedSourceParts, Watcher } from "../shared-source";
import { Semaphore } from "../semaphore";
import { Follower, type FollowerHost } from "./follower";
import { Groups } from "./groups";
import { limits } from "./limits";
import { Outbox, type Pipe } from "./outbox";
import { Payload } from "./payload";

interface Event {
  readonly position: number;
}

/** A feed whose reads are timed by the scheduler, and whose hints can be lost. */
class Feed {
  readonly events: Event[] = [];
  rendered = 0;
  reading = 0;
  mostReading = 0;
  private changes = 0;
  private readonly watchers = new Set<Watcher>();

  constructor(private readonly scheduler: Scheduler | null) {}

  get watched(): number {
    return this.watchers.size;
  }

  commit(hinted: boolean): void {
    this.events.push({ position: this.events.length + 1 });
    if (!hinted) return;
    this.changes += 1;
    for (const { wake } of [...this.watchers]) wake();
  }

  /** Wakes the watchers that are behind, as the periodic check of all feeds does for lost hints. */
  wakeStale(): void {
    for (const one of [...this.watchers]) if (one.position() < this.events.length) one.wake();
  }

  readonly parts: SharedSourceParts<Event> = {
    name: "feed",
    startArguments: [],
    begin: async () => 0,
    read: async (after, limit) => {
      this.reading += 1;
      this.mostReading = Math.max(this.mostReading, this.reading);
      await this.scheduler?.schedule(Promise.resolve(), "read");
      const found = this.events.filter(({ position }) => position > after).slice(0, limit);
      await this.scheduler?.schedule(Promise.resolve(), "answer");
      this.reading -= 1;
      return { events: found, through: found.at(-1)?.position ?? after };
    },
    version: () => this.changes,
    watch: (watcher) => {
      this.watchers.add(watcher);
      return () => {
        this.watchers.delete(watcher);
      };
    },
  };

  readonly render = async (events: readonly Event[]): Promise<Payload[]> => {
    this.rendered += events.length;
    await this.scheduler?.schedule(Promise.resolve(), "render");
    return events.map(({ position }) => new Payload(position));
  };
}

/** A connection that can stop accepting data, like that of a client that stops reading. */
class Reader implements Pipe {
  readonly received: number[] = [];
  blocked = false;
  mostWaiting = 0;
  private size = 0;
  private held: (() => void)[] = [];
  private open = true;
  readonly outbox = new Outbox(this, () => undefined);
  readonly follower: Follower;

  constructor(
    feed: Feed,
    host: FollowerHost,
    readonly start: number,
  ) {
    const { parts: source, render } = feed;
    const envelope = { before: "event ", after: "" };
    const parts = {
      key: "all",
      source,
      render,
      outbox: this.outbox,
      envelope,
      host,
      overloaded: () => undefined,
    };
    this.follower = new Follower(parts, start);
    void this.follower.catchUp();
  }

  isOpen = (): boolean => this.open;
  bufferedBytes = (): number => this.size;
  together = (work: () => void): void => work();
  write = (bytes: Buffer | string, done: () => void): void => {
    this.received.push(Number(String(bytes).slice("event ".length)));
    if (!this.blocked) {
      queueMicrotask(done);
      return;
    }
    this.size += bytes.length;
    this.mostWaiting = Math.max(this.mostWaiting, this.size);
    this.held.push(done);
  };

  drain(): void {
    this.blocked = false;
    this.size = 0;
    for (const done of this.held.splice(0)) done();
  }

  leave(): void {
    this.open = false;
    this.follower.end();
    this.outbox.end();
  }
}

const hostOf = (reads = new Semaphore({ concurrency: 2, maxQueued: 10_000 })): FollowerHost => ({
  groups: new Groups(),
  reads,
  failed: (error) => {
    throw error;
  },
  sent: () => undefined,
});

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function settle(scheduler: Scheduler): Promise<void> {
  for (let still = 0; still < 6;) {
    still = scheduler.count() > 0 ? 0 : still + 1;
    if (scheduler.count() > 0) await scheduler.waitNext(1);
    else await tick();
  }
}

const upTo = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index + 1);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("commit" as const), hinted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("join" as const), from: fc.nat(12) }) },
  fc.record({ do: fc.constantFrom("block", "drain", "leave"), who: fc.nat(6) }),
  fc.record({ do: fc.constant("wakeStale" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

beforeAll(() => {
  // Small limits, so that short histories fill pages and slices.
  for (const [name, value] of [
    ["resumePage", 3],
    ["livePage", 2],
    ["sliceBytes", 14],
  ] as const)
    jest.replaceProperty(limits, name, value);
});
afterAll(() => jest.restoreAllMocks());

describe("followers of one feed", () => {
  it("each receive every event after their start once and in order, however others join, block, drain or leave", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.nat(4)), { maxLength: 40 }),
        fc.scheduler(),
        async (history, scheduler) => {
          const feed = new Feed(scheduler);
          const host = hostOf();
          const [readers, gone]: [Reader[], Reader[]] = [[], []];
          for (const [one, pace] of history) {
            perform(one, { feed, host, readers, gone });
            await advance(scheduler, pace);
          }
          for (const reader of readers) reader.drain();
          await settle(scheduler);
          feed.wakeStale();
          await settle(scheduler);
          for (const { start, received } of readers)
            expect(received).toEqual(upTo(start, feed.events.length));
          for (const { start, received } of gone)
            expect(received).toEqual(upTo(start, start + received.length));
          // For a blocked reader, no more is buffered than the event or slice that was being written when it blocked.
          for (const { mostWaiting } of readers) expect(mostWaiting).toBeLessThanOrEqual(14);
          expect(feed.mostReading).toBeLessThanOrEqual(2 + 1);
          expect(host.groups.size.members).toBe(readers.length);
          for (const reader of readers) reader.leave();
          await settle(scheduler);
          expect({ ...host.groups.size, watched: feed.watched }).toEqual({
            groups: 0,
            members: 0,
            watched: 0,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("share one read and one rendering of each event, however many they are", async () => {
    const feed = new Feed(null);
    const host = hostOf();
    for (let past = 0; past < 5; past += 1) feed.commit(true);
    const readers = Array.from({ length: 1_200 }, () => new Reader(feed, host, 5));
    for (let i = 0; i < 50; i += 1) await tick();
    expect(host.groups.size).toEqual({ groups: 1, members: 1_200 });
    feed.commit(true);
    for (let i = 0; i < 50; i += 1) await tick();
    expect(feed.rendered).toBe(1);
    for (const { received } of readers) expect(received).toEqual([6]);
    readers.forEach((reader) => reader.leave());
  });

  it("buffer one event for a reader that stops reading; it catches up on the rest later", async () => {
    const feed = new Feed(null);
    const host = hostOf();
    const [slow, quick] = [new Reader(feed, host, 0), new Reader(feed, host, 0)];
    for (let i = 0; i < 5; i += 1) await tick();
    slow.blocked = true;
    for (let n = 1; n <= 9; n += 1) {
      feed.commit(true);
      for (let i = 0; i < 5; i += 1) await tick();
    }
    expect({ slow: slow.received, waiting: slow.mostWaiting }).toEqual({ slow: [1], waiting: 7 });
    expect(quick.received).toEqual(upTo(0, 9));
    slow.drain();
    for (let i = 0; i < 20; i += 1) await tick();
    expect(slow.received).toEqual(upTo(0, 9));
    expect(host.groups.size).toEqual({ groups: 1, members: 2 });
    [slow, quick].forEach((reader) => reader.leave());
  });
});

interface World {
  readonly feed: Feed;
  readonly host: FollowerHost;
  readonly readers: Reader[];
  readonly gone: Reader[];
}

function perform(one: Step, world: World): void {
  const { feed, host, readers } = world;
  if ("hinted" in one) feed.commit(one.hinted);
  else if ("from" in one && readers.length < 6)
    readers.push(new Reader(feed, host, Math.min(one.from, feed.events.length)));
  else if ("who" in one) changeReader(one.do, readers[one.who], world);
  else feed.wakeStale();
}

function changeReader(what: string, who: Reader | undefined, { readers, gone }: World): void {
  if (what === "block" && who) who.blocked = true;
  if (what === "drain") who?.drain();
  if (what !== "leave" || !who) return;
  gone.push(...readers.splice(readers.indexOf(who), 1));
  who.leave();
}

/** Lets a few of the pending reads and renderings continue. */
async function advance(scheduler: Scheduler, steps: number): Promise<void> {
  for (let left = steps; left > 0 && scheduler.count() > 0; left -= 1) await scheduler.waitNext(1);
  await tick();
}

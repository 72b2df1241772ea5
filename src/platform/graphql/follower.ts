/**
 * One subscription to a shared source. It first catches up on its own, page by page and as fast as its client
 * reads, and then joins the group of followers that wait for new events. A client that still has unsent data
 * when an event arrives leaves the group and catches up again from its position, so nothing is buffered for it.
 */
import { elapsedMs, pause } from "../clock";
import { failpoint } from "../failpoint";
import type { Numbered, Reading, SharedSourceParts } from "../shared-source";
import { QueueFull, type Semaphore } from "../semaphore";
import type { Groups } from "./groups";
import { limits } from "./limits";
import type { GroupMember, Render } from "./member";
import type { Outbox } from "./outbox";
import type { Envelope, Payload } from "./payload";

export interface FollowerParts {
  /** Followers with the same key may receive the same bytes. */
  readonly key: string;
  readonly source: SharedSourceParts<Numbered>;
  readonly render: Render;
  readonly outbox: Outbox;
  readonly envelope: Envelope;
  readonly host: FollowerHost;
  /** Called when too many followers are catching up; the client should retry later. */
  readonly overloaded: () => void;
}

/** The state that all followers of a process share. */
export interface FollowerHost {
  readonly groups: Groups;
  /** Limits the concurrent reads of all followers that catch up. */
  readonly reads: Semaphore;
  /** Called when a source could not be read. The read is retried. */
  readonly failed: (error: unknown) => void;
  readonly sent: (events: number) => void;
}

interface Page extends Reading<Numbered> {
  readonly payloads: readonly Payload[];
  readonly renderedAt: number;
}

const retryMs = 1_000;

export class Follower implements GroupMember {
  private ended = false;
  private readonly leave: (() => void) | undefined;

  constructor(
    readonly parts: FollowerParts,
    /** Everything up to this position has been written to the client. */
    public position: number,
  ) {
    this.leave = parts.source.attend?.();
  }

  /** Reads until nothing is left, then joins the group. Never rejects. */
  async catchUp(): Promise<void> {
    const { source, outbox, host, overloaded } = this.parts;
    while (!this.ended) {
      // Taken before the read, so that an event committed between the read and joining is noticed.
      const seen = source.version();
      try {
        const upToDate = await outbox.inOrder(() => this.page());
        if (upToDate && !this.hasEnded() && host.groups.join(this, seen)) return;
      } catch (error) {
        if (error instanceof QueueFull) {
          overloaded();
          return;
        }
        host.failed(error);
        await pause(retryMs);
      }
    }
  }

  /** Writes an event of the group. Returns false when the client has unsent data and must catch up on its own. */
  take(position: number, payload: Payload): boolean {
    if (position <= this.position) return true;
    if (!this.parts.outbox.isDrained()) return false;
    failpoint("feed.before-send");
    this.parts.outbox.write(payload.in(this.parts.envelope));
    this.position = position;
    failpoint("feed.after-send");
    return true;
  }

  end(): void {
    if (!this.ended) this.leave?.();
    this.ended = true;
    this.parts.host.groups.leave(this);
  }

  // A method, because TypeScript assumes that a property keeps its narrowed value across an await.
  private hasEnded(): boolean {
    return this.ended;
  }

  /** Reads and writes one page. Returns whether nothing is left to read. */
  private async page(): Promise<boolean> {
    const { outbox, host } = this.parts;
    await outbox.drained();
    if (this.ended) return false;
    const page = await host.reads.run(() => this.readPage());
    const written = await this.write(page);
    if (this.hasEnded() || written < page.events.length || written === limits.resumePage) return false;
    this.position = Math.max(this.position, page.through);
    return true;
  }

  private async readPage(): Promise<Page> {
    const { source, render } = this.parts;
    const renderedAt = elapsedMs();
    // A client that disconnected while it was queued must not delay the others.
    if (this.ended) return { events: [], through: this.position, payloads: [], renderedAt };
    const reading = await source.read(this.position, limits.resumePage);
    const payloads = reading.events.length === 0 ? [] : await render(reading.events);
    return { ...reading, payloads, renderedAt };
  }

  /** Returns how many events were written. Events that waited too long for the client are read and rendered again. */
  private async write({ events, payloads, renderedAt }: Page): Promise<number> {
    const { outbox, envelope, host } = this.parts;
    let written = 0;
    while (written < events.length && !this.ended) {
      // Events that go out without waiting are as fresh as any answer; only waiting for the client ages them.
      const waits = !outbox.isDrained();
      if (waits) await outbox.drained();
      if (this.hasEnded() || (waits && elapsedMs() - renderedAt > limits.freshMs)) break;
      const slice = sliceOf(payloads.slice(written), envelope);
      failpoint("feed.before-send");
      outbox.writeTogether(slice);
      written += slice.length;
      this.position = (events[written - 1] as Numbered).position;
      host.sent(slice.length);
      failpoint("feed.after-send");
    }
    return written;
  }
}

/** The first payloads up to the size of a slice, and at least one. */
function sliceOf(payloads: readonly Payload[], envelope: Envelope): Buffer[] {
  const slice: Buffer[] = [];
  let size = 0;
  for (const payload of payloads) {
    const bytes = payload.in(envelope);
    size += bytes.length;
    if (slice.length > 0 && size > limits.sliceBytes) break;
    slice.push(bytes);
  }
  return slice;
}

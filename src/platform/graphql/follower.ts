/**
 * One subscription that follows a shared source: it reads for itself, page by page and at its reader's pace,
 * until it has read everything, and then waits with the group. A reader that is not free when something comes
 * leaves the group and reads for itself again from where it is: nothing is kept for it meanwhile.
 */
import { elapsedMs, pause } from "../clock";
import { failpoint } from "../failpoint";
import type { Numbered, Reading, SharedSourceParts } from "../shared-source";
import { Crowded, type Turns } from "../turns";
import type { Groups } from "./groups";
import { limits } from "./limits";
import type { Member, Render } from "./member";
import type { Outbox } from "./outbox";
import type { Envelope, Payload } from "./payload";

export interface FollowerParts {
  /** Followers of one key may be sent the same bytes. */
  readonly key: string;
  readonly source: SharedSourceParts<Numbered>;
  readonly render: Render;
  readonly outbox: Outbox;
  readonly envelope: Envelope;
  readonly host: FollowerHost;
  /** Too many catch up already: come again later. */
  readonly crowded: () => void;
}

/** What all followers of a process have in common. */
export interface FollowerHost {
  readonly groups: Groups;
  /** For the pages of all who catch up. */
  readonly turns: Turns;
  /** A source could not be read; it is tried again. */
  readonly failed: (error: unknown) => void;
  readonly sent: (events: number) => void;
}

interface Page extends Reading<Numbered> {
  readonly payloads: readonly Payload[];
  readonly renderedAt: number;
}

const retryMs = 1_000;

export class Follower implements Member {
  private ended = false;
  private readonly leave: (() => void) | undefined;

  constructor(
    readonly parts: FollowerParts,
    /** Everything up to here was written to the reader. */
    public position: number,
  ) {
    this.leave = parts.source.attend?.();
  }

  /** Reads until it has read everything, then joins those who wait. Never rejects. */
  async catchUp(): Promise<void> {
    const { source, outbox, host, crowded } = this.parts;
    while (!this.ended) {
      // Taken before reading: what is committed between the reading and the joining is then not slept through.
      const seen = source.version();
      try {
        const upToDate = await outbox.turn(() => this.page());
        if (upToDate && !this.hasEnded() && host.groups.join(this, seen)) return;
      } catch (error) {
        if (error instanceof Crowded) {
          crowded();
          return;
        }
        host.failed(error);
        await pause(retryMs);
      }
    }
  }

  /** One event of the group. False when its reader is not free: it must go on for itself. */
  take(position: number, payload: Payload): boolean {
    if (position <= this.position) return true;
    if (!this.parts.outbox.isFree()) return false;
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

  // A method, because the compiler believes that a property keeps its value across an await.
  private hasEnded(): boolean {
    return this.ended;
  }

  /** Whether nothing is left to read. */
  private async page(): Promise<boolean> {
    const { outbox, host } = this.parts;
    await outbox.free();
    if (this.ended) return false;
    const page = await host.turns.take(() => this.readPage());
    const written = await this.write(page);
    if (this.hasEnded() || written < page.events.length || written === limits.resumePage) return false;
    this.position = Math.max(this.position, page.through);
    return true;
  }

  private async readPage(): Promise<Page> {
    const { source, render } = this.parts;
    const renderedAt = elapsedMs();
    // Whoever has gone while it waited for its turn must not hold up the others.
    if (this.ended) return { events: [], through: this.position, payloads: [], renderedAt };
    const reading = await source.read(this.position, limits.resumePage);
    const payloads = reading.events.length === 0 ? [] : await render(reading.events);
    return { ...reading, payloads, renderedAt };
  }

  /** How many of them were written: what waited for its reader for too long is read and rendered again. */
  private async write({ events, payloads, renderedAt }: Page): Promise<number> {
    const { outbox, envelope, host } = this.parts;
    let written = 0;
    while (written < events.length && !this.ended) {
      // What goes out without waiting is as fresh as any answer; only waiting for the reader makes it old.
      const waits = !outbox.isFree();
      if (waits) await outbox.free();
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

/** As many as make a slice; at least one. */
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

/** A consumer's way into its feed: where it begins, what follows, under which cursors. */
import { principalOf, supplierOf, type RequestContext } from "../identity";
import { failpoint } from "../platform/failpoint";
import { stoppable } from "../platform/stoppable";
import type { Cursors } from "./cursor.service";
import type { PlacedEntry } from "./entry";
import type { FeedReader, FeedService } from "./feed.service";
import type { FeedFollower } from "./follow.service";

export interface FeedSlice {
  readonly entries: readonly PlacedEntry[];
  readonly endCursor: string;
  readonly hasMore: boolean;
}

/** What happens in a sandbox, where clients are tried, and nowhere else. */
export interface Rehearsal {
  /** Where this reading begins: where it would, or once a little earlier. */
  startOf(reader: FeedReader, start: number): Promise<number>;
  acknowledged(reader: FeedReader, position: number, at: Date): Promise<void>;
}

export class FeedSource {
  constructor(
    private readonly feed: FeedService,
    private readonly follower: FeedFollower,
    private readonly cursors: Cursors,
    private readonly rehearsal: Rehearsal,
  ) {}

  async page(context: RequestContext, after: string | null, size: number): Promise<FeedSlice> {
    const reader = readerOf(context);
    const start = await this.startOf(reader, after);
    const found = await this.feed.read(reader.supplierId, start, size + 1);
    const entries = found.slice(0, size);
    const end = entries.at(-1)?.position ?? start;
    return { entries, endCursor: this.cursors.write(reader.supplierId, end), hasMore: found.length > size };
  }

  /** Stops at once when it is returned, also while it waits. */
  entriesAfter(context: RequestContext, after: string | null): AsyncIterableIterator<PlacedEntry> {
    const reader = readerOf(context);
    return stoppable((signal) => this.follow(reader, after, signal));
  }

  async acknowledge(
    context: RequestContext,
    upTo: string,
    at: Date,
  ): Promise<{ cursor: string; acknowledgedAt: Date }> {
    const reader = readerOf(context);
    const position = this.cursors.read(reader.supplierId, upTo);
    const stored = await this.feed.acknowledge(reader, position, at);
    if (reader.rehearses) await this.rehearsal.acknowledged(reader, position, at);
    return {
      cursor: this.cursors.write(reader.supplierId, stored.position),
      acknowledgedAt: stored.acknowledgedAt,
    };
  }

  cursorOf({ supplierId, position }: PlacedEntry): string {
    return this.cursors.write(supplierId, position);
  }

  private async *follow(
    reader: FeedReader,
    after: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<PlacedEntry, void, undefined> {
    const start = await this.startOf(reader, after);
    for await (const entry of this.follower.follow(reader.supplierId, start, signal)) {
      failpoint("feed.before-send");
      yield entry;
      failpoint("feed.after-send");
    }
  }

  private async startOf(reader: FeedReader, after: string | null): Promise<number> {
    const start =
      after === null ? await this.feed.acknowledged(reader) : this.cursors.read(reader.supplierId, after);
    return reader.rehearses ? this.rehearsal.startOf(reader, start) : start;
  }
}

function readerOf(context: RequestContext): FeedReader {
  const { consumer, sandbox = false } = principalOf(context);
  return { supplierId: supplierOf(context), consumer, rehearses: sandbox };
}

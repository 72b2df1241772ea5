/** A consumer's way into its feed: where it begins, what follows, under which cursors. */
import { principalOf, supplierScopeOf, type Presence, type RequestContext } from "../identity";
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

export class FeedSource {
  constructor(
    private readonly feed: FeedService,
    private readonly follower: FeedFollower,
    private readonly cursors: Cursors,
    private readonly presence: Presence,
  ) {}

  async page(context: RequestContext, after: string | null, size: number): Promise<FeedSlice> {
    const reader = readerOf(context);
    const start = await this.startOf(reader, after);
    const { supplierId } = reader.scope;
    const found = await this.feed.read(reader.scope, start, size + 1);
    const entries = found.entries.slice(0, size);
    const hasMore = found.entries.length > size;
    const end = hasMore ? (entries.at(-1)?.position ?? start) : found.through;
    return { entries, endCursor: this.cursors.write(supplierId, end), hasMore };
  }

  /** Stops at once when it is returned, also while it waits. */
  entriesAfter(context: RequestContext, after: string | null): AsyncIterableIterator<PlacedEntry> {
    const reader = readerOf(context);
    const entries = stoppable((signal) => this.follow(reader, after, signal));
    return this.presence.during(principalOf(context), entries);
  }

  async acknowledge(
    context: RequestContext,
    upTo: string,
    at: Date,
  ): Promise<{ cursor: string; acknowledgedAt: Date }> {
    const reader = readerOf(context);
    const { supplierId } = reader.scope;
    const position = this.cursors.read(supplierId, upTo);
    const stored = await this.feed.acknowledge(reader, position, at);
    return {
      cursor: this.cursors.write(supplierId, stored.position),
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
    for await (const entry of this.follower.follow(reader.scope, start, signal)) {
      failpoint("feed.before-send");
      yield entry;
      failpoint("feed.after-send");
    }
  }

  private async startOf(reader: FeedReader, after: string | null): Promise<number> {
    return after === null
      ? this.feed.acknowledged(reader)
      : this.cursors.read(reader.scope.supplierId, after);
  }
}

const readerOf = (context: RequestContext): FeedReader => ({
  scope: supplierScopeOf(context),
  consumer: principalOf(context).consumer,
});

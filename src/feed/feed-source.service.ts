/** A consumer's way into its feed: where it begins, what follows, under which cursors. */
import { limitsKeyOf, principalOf, supplierScopeOf, type RequestContext } from "../identity";
import { SharedSource } from "../platform/shared-source";
import type { Cursors } from "./cursor.service";
import type { PlacedEntry } from "./entry";
import type { FeedReads } from "./feed-reads.service";
import type { FeedWatch } from "./feed-watch.service";
import type { FeedReader, FeedService } from "./feed.service";

export interface FeedSlice {
  readonly entries: readonly PlacedEntry[];
  readonly endCursor: string;
  readonly hasMore: boolean;
}

export class FeedSource {
  constructor(
    private readonly feed: FeedService,
    private readonly following: { readonly reads: FeedReads; readonly watch: FeedWatch },
    private readonly cursors: Cursors,
  ) {}

  async page(context: RequestContext, after: string | null, size: number): Promise<FeedSlice> {
    const reader = readerOf(context);
    const start = await this.startOf(reader, after);
    const { scope } = reader;
    const found = await this.following.reads.after({ scope, after: start, limit: size + 1 });
    const entries = found.events.slice(0, size);
    const hasMore = found.events.length > size;
    const end = hasMore ? (entries.at(-1)?.position ?? start) : found.through;
    return { entries, endCursor: this.cursors.write(scope.supplierId, end), hasMore };
  }

  /** What a consumer follows from a cursor on, together with whoever may see the same. */
  follow(context: RequestContext, cursor: string | null): SharedSource<PlacedEntry> {
    const reader = readerOf(context);
    const { supplierId } = reader.scope;
    const { reads, watch } = this.following;
    return new SharedSource({
      name: nameOf(context),
      startArguments: ["after"],
      begin: () => this.startOf(reader, cursor),
      read: (after, limit) => reads.after({ scope: reader.scope, after, limit }),
      version: () => watch.version(supplierId),
      watch: (watcher) => watch.watch(supplierId, watcher),
    });
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

/** Who may see the same: the same supplier's, in the same role, limited to the same part of it. */
function nameOf(context: RequestContext): string {
  const principal = principalOf(context);
  const { supplierId } = supplierScopeOf(context);
  return ["feed", supplierId, principal.role, limitsKeyOf(principal)].join(" ");
}

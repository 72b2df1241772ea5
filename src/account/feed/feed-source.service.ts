/** Serves a consumer's feed by page and by subscription: where reading starts, what follows, and under which cursors. */
import {
  limitsKeyOf,
  principalOf,
  supplierScopeOf,
  type Presence,
  type RequestContext,
} from "../../access/identity";
import { SharedSource } from "../../platform/shared-source";
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

/** Hooks for the sandbox, where suppliers test their clients. They are called only for readers of a sandbox. */
export interface SandboxHooks {
  /** Returns the position where this read starts: `start`, or once an earlier position, to repeat an event. */
  startOf(reader: FeedReader, start: number): Promise<number>;
  acknowledged(reader: FeedReader, position: number, at: Date): Promise<void>;
}

interface Following {
  readonly reads: FeedReads;
  readonly watch: FeedWatch;
  readonly sandboxHooks: SandboxHooks;
  readonly presence: Presence;
}

export class FeedSource {
  constructor(
    private readonly feed: FeedService,
    private readonly following: Following,
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

  /** The source that a consumer follows from a cursor on. Consumers that may see the same events share its reads. */
  follow(context: RequestContext, cursor: string | null): SharedSource<PlacedEntry> {
    const reader = readerOf(context);
    const { supplierId } = reader.scope;
    const { reads, watch, presence } = this.following;
    return new SharedSource({
      name: nameOf(context),
      startArguments: ["after"],
      begin: () => this.startOf(reader, cursor),
      read: (after, limit) => reads.after({ scope: reader.scope, after, limit }),
      version: () => watch.version(supplierId),
      attend: () => presence.enter(principalOf(context)),
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
    if (reader.isSandbox) await this.following.sandboxHooks.acknowledged(reader, position, at);
    return {
      cursor: this.cursors.write(supplierId, stored.position),
      acknowledgedAt: stored.acknowledgedAt,
    };
  }

  cursorOf({ supplierId, position }: PlacedEntry): string {
    return this.cursors.write(supplierId, position);
  }

  private async startOf(reader: FeedReader, after: string | null): Promise<number> {
    const { supplierId } = reader.scope;
    const start =
      after === null ? await this.feed.acknowledged(reader) : this.cursors.read(supplierId, after);
    return reader.isSandbox ? this.following.sandboxHooks.startOf(reader, start) : start;
  }
}

function readerOf(context: RequestContext): FeedReader {
  const { consumer, sandbox = false } = principalOf(context);
  return { scope: supplierScopeOf(context), consumer, isSandbox: sandbox };
}

/** Sources share reads when supplier, role and limits are the same. */
function nameOf(context: RequestContext): string {
  const principal = principalOf(context);
  const { supplierId } = supplierScopeOf(context);
  return ["feed", supplierId, principal.role, limitsKeyOf(principal)].join(" ");
}

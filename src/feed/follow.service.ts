/**
 * Follows a feed from a position on: first what is there, then what comes. The table is the truth;
 * a hint only says "look again", and without one we look again after the backstop.
 */
import type { SupplierScope } from "../identity";
import type { Hints } from "../platform/hints";
import type { PlacedEntry } from "./entry";
import type { FeedService } from "./feed.service";
import { feedTopic } from "./topic";

const pageSize = 100;
const backstopMs = 5_000;

export class FeedFollower {
  constructor(
    private readonly feed: FeedService,
    private readonly hints: Hints,
  ) {}

  async *follow(
    scope: SupplierScope,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<PlacedEntry, void, undefined> {
    const topic = feedTopic(scope.supplierId);
    let position = after;
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      // Taken before reading: a commit between the reading and the waiting is then not slept through.
      const seen = this.hints.version(topic);
      const { entries, through } = await this.feed.read(scope, position, pageSize);
      for (const entry of entries) {
        if (stopped()) return;
        yield entry;
      }
      position = through;
      if (entries.length < pageSize) await this.hints.changed(topic, seen, { signal, backstopMs });
    }
  }
}

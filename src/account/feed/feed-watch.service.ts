/**
 * Tracks who follows which feed in this process and wakes them when it grows: at every hint and, because hints can
 * be lost, after a regular query for the last positions of all followed feeds.
 */
import type { Transact } from "../../platform/database";
import type { Hints } from "../../platform/hints";
import type { Watcher } from "../../platform/shared-source";
import { integerOf } from "../../shared/integer";
import { feedTopic } from "./topic";

interface Followed {
  readonly watchers: Set<Watcher>;
  readonly stopListening: () => void;
}

export class FeedWatch {
  private readonly followed = new Map<string, Followed>();

  constructor(
    private readonly transact: Transact,
    private readonly hints: Pick<Hints, "listen" | "version">,
  ) {}

  /** A number that changes when this feed may have grown. */
  version(supplierId: string): number {
    return this.hints.version(feedTopic(supplierId));
  }

  /** Returns a function that stops watching. */
  watch(supplierId: string, watcher: Watcher): () => void {
    const followed = this.followed.get(supplierId) ?? this.begin(supplierId);
    followed.watchers.add(watcher);
    return () => {
      followed.watchers.delete(watcher);
      if (followed.watchers.size === 0) this.end(supplierId, followed);
    };
  }

  /** Queries the last positions of all followed feeds and wakes the watchers that are behind. */
  async look(): Promise<void> {
    const ids = [...this.followed.keys()];
    if (ids.length === 0) return;
    const rows = await this.transact({ role: "worker" }, (tx) =>
      tx.query<{ id: string; position: string }[]>(
        "SELECT supplier_id AS id, last_position AS position FROM account_state WHERE supplier_id = ANY ($1)",
        [ids],
      ),
    );
    for (const { id, position } of rows) this.found(this.followed.get(id), integerOf(position));
  }

  private begin(supplierId: string): Followed {
    const watchers = new Set<Watcher>();
    const stopListening = this.hints.listen(feedTopic(supplierId), () => {
      for (const { wake } of watchers) wake();
    });
    const followed = { watchers, stopListening };
    this.followed.set(supplierId, followed);
    return followed;
  }

  private end(supplierId: string, followed: Followed): void {
    followed.stopListening();
    if (this.followed.get(supplierId) === followed) this.followed.delete(supplierId);
  }

  private found(followed: Followed | undefined, position: number): void {
    for (const watcher of followed?.watchers ?? []) if (watcher.position() < position) watcher.wake();
  }
}

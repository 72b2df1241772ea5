import { Arg, Ctx, Int, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { RequestContext } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import { pageSize } from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import type { PlacedEntry } from "./entry";
import type { FeedSource } from "./feed-source.service";
import { FeedEvent, FeedPage, FeedPosition } from "./feed.types";
import { toFeedEvent } from "./to-feed-event.types";

/** type-graphql gives `subscribe` no resolver instance, so the source comes with the context. */
interface FeedContext extends RequestContext {
  readonly feedSource: FeedSource;
}

@Resolver()
export class FeedResolver {
  constructor(
    private readonly source: FeedSource,
    private readonly clock: Clock,
  ) {}

  @Query(() => FeedPage, {
    name: "feed",
    description: "The same events as the subscription, for integrations that poll. At most 100 a page.",
  })
  async page(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<FeedPage> {
    const { entries, ...rest } = await this.source.page(context, after ?? null, pageSize(first));
    return { ...rest, events: entries.map((entry) => toFeedEvent(entry, this.source.cursorOf(entry))) };
  }

  @Mutation(() => FeedPosition, {
    description:
      "Everything up to this cursor is safely stored by this consumer of the feed: each key, and each signed-in person, has a position of its own. An older cursor changes nothing.",
  })
  async acknowledge(
    @Ctx() context: RequestContext,
    @Arg("upTo", () => Cursor) upTo: string,
  ): Promise<FeedPosition> {
    return this.source.acknowledge(context, upTo, this.clock.now());
  }

  @Subscription(() => FeedEvent, {
    description:
      "Every event after the cursor, once and in order, then live ones. No cursor: from this consumer's last acknowledged position.",
    subscribe: ({ args, context }) =>
      (context as FeedContext).feedSource.follow(
        context as FeedContext,
        (args as { after?: string }).after ?? null,
      ),
  })
  leadFeed(
    @Root() entry: PlacedEntry,
    @Arg("after", () => Cursor, { nullable: true }) _after: string | null,
  ): FeedEvent {
    return toFeedEvent(entry, this.source.cursorOf(entry));
  }
}

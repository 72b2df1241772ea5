import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import type { RequestContext } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import { pageSize } from "../../platform/graphql/connection";
import { First } from "../../platform/graphql/arguments";
import { LanguageArg } from "../../platform/graphql/language";
import { Cursor } from "../../platform/graphql/scalars";
import type { Language } from "../../shared/language";
import type { PlacedEntry } from "./entry";
import type { FeedSource } from "./feed-source.service";
import { AccountNotice, FeedEvent, FeedPage, FeedPosition } from "./feed.types";
import { noticeText } from "./notice-words";
import { toFeedEvent } from "./to-feed-event.types";

/** type-graphql calls `subscribe` without a resolver instance, so the context carries the source. */
interface FeedContext extends RequestContext {
  readonly feedSource: FeedSource;
}

const After = (): ParameterDecorator =>
  Arg("after", () => Cursor, {
    nullable: true,
    description:
      "A cursor of your feed: the events after it follow. Without it, reading starts at the last acknowledged position of this key or member.",
  }) as ParameterDecorator;

@Resolver()
export class FeedResolver {
  constructor(
    private readonly source: FeedSource,
    private readonly clock: Clock,
  ) {}

  @Query(() => FeedPage, {
    name: "feed",
    description: "The same events as the subscription, for clients that poll. At most 100 events per page.",
  })
  async page(
    @Ctx() context: RequestContext,
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<FeedPage> {
    const { entries, ...rest } = await this.source.page(context, after ?? null, pageSize(first));
    return { ...rest, events: entries.map((entry) => toFeedEvent(entry, this.source.cursorOf(entry))) };
  }

  @Mutation(() => FeedPosition, {
    description:
      "Confirms that this consumer of the feed has stored every event up to this cursor. Each key and each member has a position of its own. An older cursor changes nothing.",
  })
  async acknowledge(
    @Ctx() context: RequestContext,
    @Arg("upTo", () => Cursor, { description: "The cursor of the last event that is stored." })
    upTo: string,
  ): Promise<FeedPosition> {
    return this.source.acknowledge(context, upTo, this.clock.now());
  }

  @Subscription(() => FeedEvent, {
    description:
      "Every event after the cursor, once and in order, then live events. Without a cursor it starts at this consumer's last acknowledged position.",
    subscribe: ({ args, context }) =>
      (context as FeedContext).feedSource.follow(
        context as FeedContext,
        (args as { after?: string }).after ?? null,
      ),
  })
  leadFeed(@Root() entry: PlacedEntry, @After() _after: string | null): FeedEvent {
    return toFeedEvent(entry, this.source.cursorOf(entry));
  }
}

@Resolver(() => AccountNotice)
export class NoticeResolver {
  @FieldResolver(() => String, {
    description:
      "The notice in one sentence. Notices from before English was available stay French if they name an invoice.",
  })
  text(@Root() { notice }: AccountNotice, @LanguageArg("FR") language: Language | null): string {
    return noticeText(notice, language ?? "FR");
  }
}

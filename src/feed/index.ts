export type * from "./entry";
export type { Cursors } from "./cursor.service";
export type { FeedCounter, FeedReader, FeedService } from "./feed.service";
export type { Rehearsal } from "./feed-source.service";
export type { FeedFollower } from "./follow.service";
export { feedTopic } from "./topic";

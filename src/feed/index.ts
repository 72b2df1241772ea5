export type * from "./entry";
export { feedKinds } from "./entry";
export type { Cursors } from "./cursor.service";
export type { FeedCounter, FeedService } from "./feed.service";
export type { FeedFollower } from "./follow.service";
export { feedTopic, feedsTopic } from "./topic";

export type * from "./entry";
export type { Cursors } from "./cursor.service";
export type { FeedCounter, FeedService, NewEntry } from "./feed.service";
export { feedTopic } from "./topic";

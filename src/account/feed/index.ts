export type * from "./entry";
export { feedKinds } from "./entry";
export type { Cursors } from "./cursor.service";
export type { FeedCounter, FeedReader, FeedService, NewEntry } from "./feed.service";
export type { SandboxHooks } from "./feed-source.service";
export type { FeedReads } from "./feed-reads.service";
export { feedTopic, feedsTopic } from "./topic";

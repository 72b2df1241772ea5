/** The topic of hints that any feed has grown, for the worker that sends events to endpoints. */
export const feedsTopic = "feeds";

/** The topic of hints that the feed of this supplier has grown. */
export const feedTopic = (supplierId: string): string => `feed:${supplierId}`;

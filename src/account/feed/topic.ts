/** Said beside it whenever something was appended to any feed: for whoever sends events on, of all suppliers. */
export const feedsTopic = "feeds";

/** What a change of a supplier's feed is called between those who wait for it. */
export const feedTopic = (supplierId: string): string => `feed:${supplierId}`;

/** What a change of a supplier's feed is called between those who wait for it. */
export const feedTopic = (supplierId: string): string => `feed:${supplierId}`;

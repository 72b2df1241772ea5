import type { FeedKind, PlacedEntry } from "./entry";
import {
  AccountNotice,
  CapReached,
  EndpointPaused,
  FeedGap,
  LeadMatched,
  LeadRevoked,
  LeadUpdated,
  ReturnDecided,
  ReturnPending,
  type FeedEvent,
} from "./feed.types";

/** Converts a feed entry to its GraphQL type. `cursor` is the cursor of the entry itself. */
export const toFeedEvent = (entry: PlacedEntry, cursor: string): FeedEvent =>
  Object.assign(makers[entry.kind](entry), { cursor, at: entry.at });

const makers: Readonly<Record<FeedKind, (entry: PlacedEntry) => FeedEvent>> = {
  LEAD_MATCHED: ({ deliveryId: leadId }) => Object.assign(new LeadMatched(), { leadId }),
  LEAD_UPDATED: ({ deliveryId: leadId, detail: { changed = [] } }) =>
    Object.assign(new LeadUpdated(), { leadId, changed }),
  LEAD_REVOKED: ({ deliveryId: leadId, at, detail: { reason, acknowledgeBy } }) =>
    Object.assign(new LeadRevoked(), { leadId, reason, acknowledgeBy: new Date(acknowledgeBy ?? at) }),
  CAP_REACHED: ({ campaignId, at, detail: { cap: reached, resetsAt } }) =>
    Object.assign(new CapReached(), { campaignId, reached, resetsAt: new Date(resetsAt ?? at) }),
  FEED_GAP: ({ at, detail: { droppedBefore } }) =>
    Object.assign(new FeedGap(), { droppedBefore: new Date(droppedBefore ?? at) }),
  ACCOUNT_NOTICE: ({ detail: { notice } }) => {
    if (!notice) throw new Error("A notice of the feed is empty.");
    const { kind: noticeKind, documentId = null, amountCents = null } = notice;
    const { indemnityCents = null, interestCents = null } = notice;
    const facts = { documentId, amountCents, indemnityCents, interestCents };
    return Object.assign(new AccountNotice(), facts, { noticeKind, notice });
  },
  RETURN_PENDING: ({ deliveryId: leadId, at, detail: { returnReason = "", decideBy } }) =>
    Object.assign(new ReturnPending(), { leadId, returnReason, decideBy: new Date(decideBy ?? at) }),
  RETURN_DECIDED: ({
    deliveryId: leadId,
    detail: { accepted = false, creditedCents = 0, finding = null, explanation: sentence = null },
  }) => Object.assign(new ReturnDecided(), { leadId, accepted, creditedCents, finding, sentence }),
  ENDPOINT_PAUSED: ({ detail: { endpointId, pauseReason } }) =>
    Object.assign(new EndpointPaused(), { endpointId, pauseReason }),
};

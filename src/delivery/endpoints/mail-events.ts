/** What a mail about an event is made of. No word of it is about the person: not the town, not an answer, not a name. */
import type { FeedEventFacts } from "./mail-facts";

/** A subscription for mails: of a lead only that it is there, its campaign, its product and its département. */
export const mailDocument = `subscription {
  leadFeed {
    __typename
    at
    ... on LeadMatched { leadId lead { product { label } campaign { name } place { commune { departement } } } }
    ... on LeadUpdated { leadId changed lead { product { label } campaign { name } } }
    ... on LeadRevoked { leadId reason acknowledgeBy }
    ... on CapReached { campaign { name } cap { unit period limit } resetsAt }
    ... on EndpointPaused { endpointId pauseReason }
    ... on ReturnPending { leadId decideBy }
    ... on ReturnDecided { leadId accepted creditedCents }
    ... on AccountNotice { noticeKind text amountCents indemnityCents interestCents }
    ... on FeedGap { droppedBefore }
  }
}`;

export const mailEventOf = (answer: Readonly<Record<string, unknown>>): FeedEventFacts =>
  answer["leadFeed"] as FeedEventFacts;

/** The fields of an event that mails use. None is personal: no town, no answer, no name. */
import type { FeedEventFacts } from "./mail-facts";

/** The subscription for mails. Of a lead it reads only the campaign, the product and the département. */
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

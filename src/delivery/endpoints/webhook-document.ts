/**
 * The default document of a webhook, for suppliers that registered none. Fields may be added but never removed, because
 * docs/schemas/webhook-event.schema.json documents them for receivers.
 */
export const webhookDocument = `subscription {
  leadFeed {
    __typename
    cursor
    at
    ... on LeadMatched { leadId lead { ...lead } }
    ... on LeadUpdated { leadId changed lead { ...lead } }
    ... on LeadRevoked { leadId reason acknowledgeBy }
    ... on CapReached { campaign { id name } cap { unit period limit } resetsAt }
    ... on EndpointPaused { endpointId pauseReason }
    ... on ReturnPending { leadId returnReason decideBy }
    ... on ReturnDecided { leadId accepted creditedCents explanation }
    ... on AccountNotice { noticeKind text documentId amountCents indemnityCents interestCents }
    ... on FeedGap { droppedBefore }
  }
}
fragment lead on Lead {
  id
  product { id }
  campaign { id name }
  submittedAt
  matchedAt
  answers { field label type value }
  place { postcode commune { inseeCode name departement } region precision }
  contact { civility firstName lastName phone email street postcode city channels }
  withheld { field reason }
  seat
  seats
  priceCents
  why { kind text }
  consentReceipt { jws verifyWith givenAt channels textHash }
}`;

/* Made by generate.mjs: do not edit. */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends " $fragmentName" | "__typename" ? T[P] : never };
/** How a supplier may contact the person. */
export type ContactChannel =
  /** By e-mail. */
  | "EMAIL"
  /** By a call. */
  | "PHONE"
  /** By a text message. */
  | "SMS";

/** Why a report was not accepted. The words are those of `extensions.code` of errors. */
export type OutcomeErrorCode =
  /** The externalId was used for another report of this lead. */
  | "CONFLICT"
  /** The report is not valid. The message says what to correct. */
  | "INVALID_INPUT"
  /** There is no such lead, or it is not yours. */
  | "NOT_FOUND";

/** An outcome report. A repeated report counts once; an externalId cannot be reused for a different report of the lead. */
export type OutcomeInput = {
  /** A comment, 1 to 2,000 characters. Refused once your right to the lead has ended. */
  comment?: string | null | undefined;
  /** Your own id for this report, 1 to 200 characters. We store only a digest of it. */
  externalId?: string | null | undefined;
  /** One of your leads. */
  leadId: string | number;
  /** When it happened: not before you received the lead and not in the future, give or take five minutes. In a variable, a day without a time (YYYY-MM-DD) is that day in Paris. */
  occurredAt: string;
  /** Only with SOLD: the price that the person paid, including VAT; not negative. */
  saleCents?: number | null | undefined;
  /** What became of it. */
  status: OutcomeStatus;
  /** The vehicle, 1 to 200 characters. Refused once your right to the lead has ended. */
  vehicle?: string | null | undefined;
};

/** The outcome of a lead. */
export type OutcomeStatus =
  /** The person has an appointment with you. */
  | "APPOINTMENT"
  /** You spoke to the person. */
  | "CONTACTED"
  /** You had the person's request already. */
  | "DUPLICATE"
  /** The request was not in earnest, or its data is wrong. */
  | "INVALID"
  /** The person will not buy from you. */
  | "LOST"
  /** You made the person an offer. */
  | "QUOTED"
  /** The person bought from you. */
  | "SOLD"
  /** You could not reach the person. */
  | "UNREACHABLE";

/** Why the right to a lead has ended. */
export type RevocationReason =
  /** The person withdrew the consent you relied on. */
  | "CONSENT_WITHDRAWN"
  /** The person's data was erased. */
  | "ERASED";

export type FollowSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;

export type FollowSubscription = {
  leadFeed:
    | { __typename: "AccountNotice"; cursor: string; at: string }
    | { __typename: "CapReached"; cursor: string; at: string }
    | { __typename: "EndpointPaused"; cursor: string; at: string }
    | { __typename: "FeedGap"; droppedBefore: string; cursor: string; at: string }
    | {
        __typename: "LeadMatched";
        leadId: string;
        cursor: string;
        at: string;
        lead: {
          priceCents: number;
          product: { id: string };
          contact: {
            firstName: string | null;
            lastName: string | null;
            phone: string | null;
            email: string | null;
            channels: Array<ContactChannel>;
          };
        } | null;
      }
    | {
        __typename: "LeadRevoked";
        leadId: string;
        reason: RevocationReason;
        acknowledgeBy: string;
        cursor: string;
        at: string;
      }
    | {
        __typename: "LeadUpdated";
        leadId: string;
        cursor: string;
        at: string;
        lead: {
          priceCents: number;
          product: { id: string };
          contact: {
            firstName: string | null;
            lastName: string | null;
            phone: string | null;
            email: string | null;
            channels: Array<ContactChannel>;
          };
        } | null;
      }
    | { __typename: "ReturnDecided"; cursor: string; at: string }
    | { __typename: "ReturnPending"; cursor: string; at: string };
};

export type HeldQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type HeldQuery = {
  leads: {
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    edges: Array<{
      node: {
        id: string;
        priceCents: number;
        product: { id: string };
        contact: {
          firstName: string | null;
          lastName: string | null;
          phone: string | null;
          email: string | null;
          channels: Array<ContactChannel>;
        };
      };
    }>;
  };
};

export type PersonFragment = {
  priceCents: number;
  product: { id: string };
  contact: {
    firstName: string | null;
    lastName: string | null;
    phone: string | null;
    email: string | null;
    channels: Array<ContactChannel>;
  };
};

export type AcknowledgeMutationVariables = Exact<{
  upTo: string;
}>;

export type AcknowledgeMutation = { acknowledge: { cursor: string } };

export type DeletedMutationVariables = Exact<{
  leadId: string | number;
}>;

export type DeletedMutation = { acknowledgeRevocation: { acknowledgedAt: string | null } };

export type ReportMutationVariables = Exact<{
  input: Array<OutcomeInput> | OutcomeInput;
}>;

export type ReportMutation = {
  reportOutcomes: Array<{
    leadId: string;
    accepted: boolean;
    code: OutcomeErrorCode | null;
    message: string | null;
  }>;
};

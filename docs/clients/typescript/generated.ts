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

/** An outcome report. A repeated report counts once; an externalId cannot be reused for a different report of the lead. */
export type OutcomeInput = {
  comment?: string | null | undefined;
  /** Your own id for this report. We store only a digest of it. */
  externalId?: string | null | undefined;
  leadId: string | number;
  occurredAt: string;
  /** Only with SOLD: the price that the person paid, including VAT. */
  saleCents?: number | null | undefined;
  status: OutcomeStatus;
  vehicle?: string | null | undefined;
};

/** The outcome of a lead. */
export type OutcomeStatus =
  "APPOINTMENT" | "CONTACTED" | "DUPLICATE" | "INVALID" | "LOST" | "QUOTED" | "SOLD" | "UNREACHABLE";

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
    | { __typename: "FeedGap"; cursor: string; at: string }
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
  reportOutcomes: Array<{ leadId: string; accepted: boolean; error: string | null }>;
};

import { Field, ID, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { Cents, Cursor, DateTime } from "../../platform/graphql/scalars";
import type {
  AccountNotice as Notice,
  EndpointPauseReason as PauseReason,
  FeedDetail,
  NoticeKind as Kind,
  RevocationReason as Reason,
} from "./entry";

export const RevocationReason = { CONSENT_WITHDRAWN: "CONSENT_WITHDRAWN", ERASED: "ERASED" } as const;
registerEnumType(RevocationReason, {
  name: "RevocationReason",
  description: "Why the right to a lead has ended.",
  valuesConfig: {
    CONSENT_WITHDRAWN: { description: "The person withdrew the consent you relied on." },
    ERASED: { description: "The person's data was erased." },
  },
});

@InterfaceType({
  description:
    "An event of the feed. Events refer to leads, which are shown as the consent allows at the moment of reading. Ignore types you do not know.",
})
export abstract class FeedEvent {
  @Field(() => Cursor, {
    description: "Stands for every event up to and including this one. Acknowledge it once they are stored.",
  })
  cursor: string;
  @Field(() => DateTime, { description: "When it happened." }) at: Date;
}

@ObjectType({ implements: FeedEvent, description: "You received a lead. It was charged at this moment." })
export class LeadMatched extends FeedEvent {
  @Field(() => ID, { description: "The lead." }) leadId: string;
}

@ObjectType({ implements: FeedEvent, description: "One of your leads changed. Read it again." })
export class LeadUpdated extends FeedEvent {
  @Field(() => ID, { description: "The lead." }) leadId: string;
  @Field(() => [String], { description: 'Paths into Lead, for example "contact.phone".' }) changed: string[];
}

@ObjectType({
  implements: FeedEvent,
  description: "Your right to use this lead has ended. Stop using it and acknowledge this by the given date.",
})
export class LeadRevoked extends FeedEvent {
  @Field(() => ID, { description: "The lead, which can no longer be read." }) leadId: string;
  @Field(() => RevocationReason, { description: "Why your right has ended." }) reason: Reason;
  @Field(() => DateTime, { description: "When you have to have acknowledged it." }) acknowledgeBy: Date;
}

@ObjectType({
  implements: FeedEvent,
  description: "A cap of a campaign is used up. The campaign receives no leads before the given date.",
})
export class CapReached extends FeedEvent {
  campaignId: string;
  reached: NonNullable<FeedDetail["cap"]>;
  @Field(() => DateTime, { description: "When the cap is empty again." }) resetsAt: Date;
}

@ObjectType({
  implements: FeedEvent,
  description:
    "Events that you had not read were deleted, because the feed keeps seven whole months. This comes before the first event that is still kept. Read `leads` again and compare them with what you stored, then continue from this cursor.",
})
export class FeedGap extends FeedEvent {
  @Field(() => DateTime, { description: "Only events from before this time are missing." })
  droppedBefore: Date;
}

export const EndpointPauseReason = {
  GONE: "GONE",
  FAILING: "FAILING",
  DOCUMENT_INVALID: "DOCUMENT_INVALID",
} as const;
registerEnumType(EndpointPauseReason, {
  name: "EndpointPauseReason",
  description: "Why nothing is sent to an endpoint until you resume it.",
  valuesConfig: {
    GONE: { description: "It answered 410 Gone." },
    FAILING: { description: "Every attempt failed for five days." },
    DOCUMENT_INVALID: { description: "Its GraphQL document is no longer valid against the schema." },
  },
});

@ObjectType({
  implements: FeedEvent,
  description:
    "We stopped sending to one of your endpoints. Fix it and resume it; sending continues where it stopped.",
})
export class EndpointPaused extends FeedEvent {
  @Field(() => ID, {
    description: "The endpoint. Read it with `endpoint`: not everybody who reads the feed may see endpoints.",
  })
  endpointId: string;
  /** Not named `reason`, because its type differs from LeadRevoked.reason and one document could not select both. */
  @Field(() => EndpointPauseReason, { description: "Why nothing is sent to it." }) pauseReason: PauseReason;
}

@ObjectType({
  implements: FeedEvent,
  description:
    "A return of a lead waits for review by a person. It is accepted unless it is decided by the given date. ReturnDecided follows.",
})
export class ReturnPending extends FeedEvent {
  @Field(() => ID, { description: "The lead." }) leadId: string;
  /** The GraphQL field is an enum of the returns feature. */
  returnReason: string;
  @Field(() => DateTime, { description: "When the return is accepted if it is not decided before." })
  decideBy: Date;
}

@ObjectType({
  implements: FeedEvent,
  description:
    "The return of a lead was decided. If it was accepted, what the lead was charged is credited to you.",
})
export class ReturnDecided extends FeedEvent {
  @Field(() => ID, { description: "The lead." }) leadId: string;
  @Field(() => Boolean, { description: "Whether the charge is credited to you." }) accepted: boolean;
  @Field(() => Cents, { description: "Excluding VAT; 0 if it was not accepted, and in the sandbox." })
  creditedCents: number;
  /** The ground of the decision, or the French sentence that was stored instead. Both are null for a mere credit. */
  finding: string | null;
  sentence: string | null;
}

export const NoticeKind = {
  LOW_BALANCE: "LOW_BALANCE",
  SPEND_CAP_REACHED: "SPEND_CAP_REACHED",
  INVOICE_OVERDUE: "INVOICE_OVERDUE",
  SUSPENDED: "SUSPENDED",
  RESUMED: "RESUMED",
} as const satisfies Record<Kind, Kind>;
registerEnumType(NoticeKind, {
  name: "NoticeKind",
  description: "What a notice about an account is about.",
  valuesConfig: {
    LOW_BALANCE: { description: "The balance is below the threshold you set with `setBalanceAlert`." },
    SPEND_CAP_REACHED: {
      description:
        "What is left of the month's limit (`setSpendCap`) does not pay for a lead of any of your campaigns. Leads resume next month or when you raise the limit.",
    },
    INVOICE_OVERDUE: {
      description:
        "Sent on the 1st, 15th and 30th day after the due date, with the statutory indemnity of 40 € and interest.",
    },
    SUSPENDED: { description: "You receive no leads until the overdue amount is paid." },
    RESUMED: { description: "The overdue amount is paid, and you receive leads again." },
  },
});

@ObjectType({ implements: FeedEvent, description: "A notice about your account." })
export class AccountNotice extends FeedEvent {
  /** What `text` is made from. */
  notice: Notice;
  @Field(() => NoticeKind, { description: "What it is about." }) noticeKind: Kind;
  @Field(() => ID, {
    nullable: true,
    description: "The invoice that is overdue; null for the other kinds. Read it with `billingDocument`.",
  })
  documentId: string | null;
  @Field(() => Cents, {
    nullable: true,
    description:
      "The balance, the rest of the limit, or the open amount including VAT, depending on the kind; null for SUSPENDED and RESUMED.",
  })
  amountCents: number | null;
  @Field(() => Cents, {
    nullable: true,
    description: "The statutory indemnity of 40 € for an overdue invoice; null for the other kinds.",
  })
  indemnityCents: number | null;
  @Field(() => Cents, {
    nullable: true,
    description: "The interest on an overdue invoice until now; null for the other kinds.",
  })
  interestCents: number | null;
}

@ObjectType({ description: "A page of the feed, oldest first." })
export class FeedPage {
  @Field(() => [FeedEvent], { description: "The events, the oldest first." }) events: FeedEvent[];
  @Field(() => Cursor, { description: "Where to continue reading, also when the page is empty." })
  endCursor: string;
  @Field(() => Boolean, { description: "Whether there are events after this page." }) hasMore: boolean;
}

@ObjectType({ description: "The position up to which a consumer of the feed has stored every event." })
export class FeedPosition {
  @Field(() => Cursor, { description: "The position. It only moves forwards." }) cursor: string;
  @Field(() => DateTime, { description: "When it was last moved." }) acknowledgedAt: Date;
}

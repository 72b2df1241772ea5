import { Field, ID, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { Cents, Cursor, DateTime } from "../../platform/graphql/scalars";
import type {
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
    CONSENT_WITHDRAWN: { description: "The person took back the consent you relied on." },
    ERASED: { description: "The person's data was erased." },
  },
});

@InterfaceType({
  description:
    "A feed row is a reference, rendered at each read under the consent of that moment. Ignore the types you do not know.",
})
export abstract class FeedEvent {
  @Field(() => Cursor, {
    description: "Everything up to and including this event. Acknowledge it once stored.",
  })
  cursor: string;
  @Field(() => DateTime) at: Date;
}

@ObjectType({ implements: FeedEvent, description: "A lead is yours. It was charged at this moment." })
export class LeadMatched extends FeedEvent {
  @Field(() => ID) leadId: string;
}

@ObjectType({ implements: FeedEvent, description: "A lead of yours changed: read it again." })
export class LeadUpdated extends FeedEvent {
  @Field(() => ID) leadId: string;
  @Field(() => [String], { description: 'Paths into Lead, for example "contact.phone".' }) changed: string[];
}

@ObjectType({
  implements: FeedEvent,
  description: "The right to use this lead has ended: stop using it and acknowledge by the date.",
})
export class LeadRevoked extends FeedEvent {
  @Field(() => ID) leadId: string;
  @Field(() => RevocationReason) reason: Reason;
  @Field(() => DateTime) acknowledgeBy: Date;
}

@ObjectType({
  implements: FeedEvent,
  description: "A cap of a campaign is used up: no lead comes by it before the date.",
})
export class CapReached extends FeedEvent {
  campaignId: string;
  reached: NonNullable<FeedDetail["cap"]>;
  @Field(() => DateTime) resetsAt: Date;
}

@ObjectType({
  implements: FeedEvent,
  description:
    "Events that you had not read yet are no longer kept: the feed goes back seven whole months. It comes before the first event that is still there. Read `leads` again and compare them with what you stored, then go on from this cursor.",
})
export class FeedGap extends FeedEvent {
  @Field(() => DateTime, { description: "Only events from before this instant are missing." })
  droppedBefore: Date;
}

export const EndpointPauseReason = {
  GONE: "GONE",
  FAILING: "FAILING",
  DOCUMENT_INVALID: "DOCUMENT_INVALID",
} as const;
registerEnumType(EndpointPauseReason, {
  name: "EndpointPauseReason",
  description: "Why nothing is sent to an endpoint any more until you resume it.",
  valuesConfig: {
    GONE: { description: "It answered 410 Gone." },
    FAILING: { description: "For five days every attempt failed." },
    DOCUMENT_INVALID: { description: "Its GraphQL document does not fit the schema any more." },
  },
});

@ObjectType({
  implements: FeedEvent,
  description:
    "We stopped sending to an endpoint of yours. Mend it and resume it: it goes on where it stood.",
})
export class EndpointPaused extends FeedEvent {
  @Field(() => ID) endpointId: string;
  /** Not `reason`: one document could then not ask for that of LeadRevoked, too. */
  @Field(() => EndpointPauseReason) pauseReason: PauseReason;
}

@ObjectType({
  implements: FeedEvent,
  description:
    "A lead that you gave back waits for a person. It is decided by the date, or accepted: ReturnDecided follows.",
})
export class ReturnPending extends FeedEvent {
  @Field(() => ID) leadId: string;
  /** Not `reason`: one document could then not ask for that of LeadRevoked, too. */
  @Field(() => String, { description: "A ReturnReason." }) returnReason: string;
  @Field(() => DateTime) decideBy: Date;
}

@ObjectType({
  implements: FeedEvent,
  description:
    "A lead that was given back was decided on. What was charged for it is yours again if it was accepted.",
})
export class ReturnDecided extends FeedEvent {
  @Field(() => ID) leadId: string;
  @Field(() => Boolean) accepted: boolean;
  @Field(() => Cents, { description: "Excluding VAT; 0 if it was not accepted, and in the sandbox." })
  creditedCents: number;
  @Field(() => String, { nullable: true, description: "Why, where something was said." })
  /** Not `reason`: one document could then not ask for that of LeadRevoked, too. */
  explanation: string | null;
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
  valuesConfig: {
    LOW_BALANCE: { description: "Below what you asked to be told at (`setBalanceAlert`)." },
    SPEND_CAP_REACHED: {
      description:
        "What is left of the month's limit (`setSpendCap`) pays no lead of your campaigns: they come again next month, or once you raise it.",
    },
    INVOICE_OVERDUE: {
      description: "On the 1st, 15th and 30th day; with the 40 € and the interest of the law.",
    },
    SUSPENDED: { description: "No lead comes until what is overdue is paid." },
  },
});

@ObjectType({ implements: FeedEvent, description: "Something about your account that you should know." })
export class AccountNotice extends FeedEvent {
  @Field(() => NoticeKind) noticeKind: Kind;
  @Field(() => String, { description: "In French." }) text: string;
  @Field(() => ID, { nullable: true, description: "The invoice that is overdue." }) documentId: string | null;
  @Field(() => Cents, {
    nullable: true,
    description: "The balance, what is left of the limit, or what is open including VAT.",
  })
  amountCents: number | null;
  @Field(() => Cents, { nullable: true }) indemnityCents: number | null;
  @Field(() => Cents, { nullable: true }) interestCents: number | null;
}

@ObjectType({ description: "A page of the feed, oldest first." })
export class FeedPage {
  @Field(() => [FeedEvent]) events: FeedEvent[];
  @Field(() => Cursor, { description: "Where to read on, also when the page is empty." }) endCursor: string;
  @Field(() => Boolean) hasMore: boolean;
}

@ObjectType({ description: "Up to where one consumer of the feed has stored everything safely." })
export class FeedPosition {
  @Field(() => Cursor) cursor: string;
  @Field(() => DateTime) acknowledgedAt: Date;
}

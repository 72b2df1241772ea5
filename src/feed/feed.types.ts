import { Field, ID, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { Cents, Cursor, DateTime } from "../platform/graphql/scalars";
import type { FeedDetail, PlacedEntry, RevocationReason as Reason } from "./entry";

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
    "A lead that was given back was decided on. What was charged for it is yours again if it was accepted.",
})
export class ReturnDecided extends FeedEvent {
  @Field(() => ID) leadId: string;
  @Field(() => Boolean) accepted: boolean;
  @Field(() => Cents, { description: "Excluding VAT; 0 if it was not accepted, and in the sandbox." })
  creditedCents: number;
  @Field(() => String, { nullable: true, description: "Why, where something was said." })
  reason: string | null;
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

/** One feed row as its GraphQL type. `cursor` is the entry's own. */
export function toFeedEvent(entry: PlacedEntry, cursor: string): FeedEvent {
  const { at, deliveryId: leadId, campaignId, detail } = entry;
  switch (entry.kind) {
    case "LEAD_MATCHED":
      return Object.assign(new LeadMatched(), { cursor, at, leadId });
    case "LEAD_UPDATED":
      return Object.assign(new LeadUpdated(), { cursor, at, leadId, changed: detail.changed ?? [] });
    case "LEAD_REVOKED": {
      const acknowledgeBy = instantIn(detail.acknowledgeBy, at);
      return Object.assign(new LeadRevoked(), { cursor, at, leadId, reason: detail.reason, acknowledgeBy });
    }
    case "CAP_REACHED": {
      const resetsAt = instantIn(detail.resetsAt, at);
      return Object.assign(new CapReached(), { cursor, at, campaignId, reached: detail.cap, resetsAt });
    }
    case "RETURN_DECIDED":
      return Object.assign(new ReturnDecided(), { cursor, at, leadId, ...decisionIn(detail) });
  }
}

const decisionIn = ({
  accepted = false,
  creditedCents = 0,
  explanation,
}: FeedDetail): Pick<ReturnDecided, "accepted" | "creditedCents" | "reason"> => ({
  accepted,
  creditedCents,
  reason: explanation ?? null,
});

const instantIn = (written: string | undefined, otherwise: Date): Date => new Date(written ?? otherwise);

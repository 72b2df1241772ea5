import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Campaign } from "../../offers/campaigns/campaign.types";
import { ContactChannel, FieldType, Product, toProduct } from "../../reference/catalogue/catalogue.types";
import {
  productById,
  type ContactChannel as Channel,
  type FieldType as Kind,
} from "../../reference/catalogue";
import { RevocationReason } from "../../account/feed/feed.types";
import { Place, toPlace } from "../../reference/geo/geo.types";
import { Civility } from "../../people/leads/lead.types";
import type { Civility as Title } from "../../people/leads";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime, Json } from "../../platform/graphql/scalars";
import type { AnswerView, LeadView } from "./lead-view";
import type { VisibleContact, Withholding } from "./projection";
import type { Reason as ReasonData, ReasonKind as WhyKind } from "./why";

export const WithheldReason = {
  CHANNEL_NOT_CONSENTED: "CHANNEL_NOT_CONSENTED",
  NOT_NEEDED_FOR_PRODUCT: "NOT_NEEDED_FOR_PRODUCT",
  NOT_PROVIDED: "NOT_PROVIDED",
} as const;
registerEnumType(WithheldReason, { name: "WithheldReason", description: "Why a field of the lead is null." });
export const ReasonKind = {
  CONSENT: "CONSENT",
  ZONE: "ZONE",
  CRITERION: "CRITERION",
  CAP: "CAP",
  PRICE: "PRICE",
} as const;
registerEnumType(ReasonKind, { name: "ReasonKind" });
export const ChargeStatus = { CHARGED: "CHARGED", CREDITED: "CREDITED", NOT_CHARGED: "NOT_CHARGED" } as const;
registerEnumType(ChargeStatus, {
  name: "ChargeStatus",
  valuesConfig: { NOT_CHARGED: { description: "A sandbox lead, which is free." } },
});
export const Disposition = { DELETED: "DELETED", KEPT: "KEPT" } as const;
registerEnumType(Disposition, {
  name: "Disposition",
  description:
    "What you did with a revoked lead. KEPT requires a legal ground of your own, such as a contract.",
});

@ObjectType({ description: "The answer to one question of the form." })
export class Answer {
  /** For the fields that have resolvers. */
  view: AnswerView;
  @Field(() => ID, { description: "The id of the question in the form." }) field: string;
  @Field(() => FieldType, { description: "The kind of the question, which decides the shape of `value`." })
  type: Kind;
  @Field(() => Json, {
    description:
      "The answer as a program reads it: an option's code, a list of codes, a number, a boolean, a date (YYYY-MM-DD) or text, depending on `type`.",
  })
  value: unknown;
}

@ObjectType({
  description: "The person. A field outside the scope of the consent is null and is listed in `withheld`.",
})
export class Contact {
  @Field(() => Civility, { nullable: true }) civility: Title | null;
  @Field(() => String, { nullable: true }) firstName: string | null;
  @Field(() => String, { nullable: true }) lastName: string | null;
  @Field(() => String, {
    nullable: true,
    description: "E.164. Call only if `channels` has PHONE; text only if it has SMS.",
  })
  phone: string | null;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field(() => String, { nullable: true }) street: string | null;
  @Field(() => String, { nullable: true }) postcode: string | null;
  @Field(() => String, { nullable: true }) city: string | null;
  @Field(() => [ContactChannel], { description: "The only ways in which you may contact this person." })
  channels: readonly Channel[];
}

@ObjectType()
export class Withheld implements Withholding {
  @Field(() => String, { description: 'Path into Lead, for example "contact.phone".' }) field: string;
  @Field(() => WithheldReason) reason: Withholding["reason"];
}

@ObjectType({ description: "One of the reasons why you received the lead." })
export class Reason {
  /** What is stored. `text` puts it into words. */
  reason: ReasonData;
  @Field(() => ReasonKind, { description: "What the reason is about." }) kind: WhyKind;
}

@ObjectType({ description: "What the lead cost you. It is charged when the lead is matched." })
export class Charge {
  @Field(() => ChargeStatus) status: keyof typeof ChargeStatus;
  @Field(() => Cents, { description: "Excluding VAT; 0 in the sandbox." }) amountCents: number;
  @Field(() => DateTime) at: Date;
}

@ObjectType({ description: "Proof of the person's consent, which you can verify offline." })
export class ConsentReceipt {
  @Field(() => String, {
    description:
      "Compact JWS, signed with EdDSA. It identifies the lead by its id and contains no personal data.",
  })
  jws: string;
  @Field(() => String, { description: "Where the public key is published (JSON Web Key Set)." })
  verifyWith: string;
  @Field(() => DateTime) givenAt: Date;
  @Field(() => [ContactChannel]) channels: readonly Channel[];
  @Field(() => String, { description: "SHA-256, in hexadecimal, of the consent text as it was shown." })
  textHash: string;
}

@ObjectType({
  description: "A consumer's request as you may see it. The id is random and belongs to this delivery only.",
})
export class Lead {
  view: LeadView;
  @Field(() => ID) id: string;
  @Field(() => Product) product: Product;
  campaign: Campaign;
  @Field(() => DateTime) submittedAt: Date;
  @Field(() => DateTime) matchedAt: Date;
  @Field(() => [Answer]) answers: readonly Answer[];
  @Field(() => Place) place: Place;
  @Field(() => Contact) contact: Contact;
  @Field(() => [Withheld]) withheld: readonly Withheld[];
  @Field(() => Int, { description: "1 for the first supplier that received the lead." }) seat: number;
  @Field(() => Int, {
    description: "The largest number of suppliers that receive the lead; 1 means exclusive.",
  })
  seats: number;
  @Field(() => Cents, { description: "Excluding VAT." }) priceCents: number;
  @Field(() => Charge) charge: Charge;
  @Field(() => [Reason], {
    description: "The consent, zone, criteria, caps and price on which you received the lead.",
  })
  why: readonly Reason[];
}
export const LeadConnection = connectionType(Lead, "Lead");

@InputType()
export class LeadFilter {
  @Field(() => ID, { nullable: true }) campaign?: string;
  @Field(() => DateTime, { nullable: true, description: "Inclusive." }) matchedFrom?: Date;
  @Field(() => DateTime, { nullable: true, description: "Exclusive." }) matchedBefore?: Date;
}

@ObjectType({
  description:
    "The state of a revocation: when your right to a lead ended, and whether you have acknowledged it.",
})
export class RevocationStatus {
  @Field(() => ID) leadId: string;
  @Field(() => RevocationReason) reason: string | null;
  @Field(() => DateTime) revokedAt: Date | null;
  @Field(() => DateTime) acknowledgeBy: Date | null;
  @Field(() => DateTime, { nullable: true }) acknowledgedAt: Date | null;
  @Field(() => Disposition, { nullable: true }) disposition: string | null;
}

export function toLead(view: LeadView): Lead {
  const product = productById(view.product);
  if (!product) throw new Error(`A lead is for ${view.product}, which is no longer sold.`);
  const { id, submittedAt, matchedAt, withheld, seat, seats, priceCents } = view;
  return Object.assign(new Lead(), {
    ...{ view, id, submittedAt, matchedAt, withheld, seat, seats, priceCents },
    answers: view.answers.map(toAnswer),
    why: view.why.map(toReason),
    product: toProduct(product),
    place: toPlace(view.place),
    contact: toContact(view.contact, view.channels),
    charge: toCharge(view),
  });
}

export const toAnswer = (view: AnswerView): Answer =>
  Object.assign(new Answer(), {
    ...{ view, field: view.question.id, type: view.question.type, value: view.value },
  });

const toReason = (reason: ReasonData): Reason => Object.assign(new Reason(), { reason, kind: reason.kind });

const toContact = (contact: VisibleContact, channels: readonly Channel[]): Contact => ({
  ...contact,
  channels,
});

const toCharge = ({ priceCents, charged, creditedAt, matchedAt }: LeadView): Charge => ({
  status: creditedAt ? "CREDITED" : charged ? "CHARGED" : "NOT_CHARGED",
  amountCents: charged ? priceCents : 0,
  at: creditedAt ?? matchedAt,
});

import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
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
import { ChargeStatus, Disposition, ReasonKind, WithheldReason } from "./lead-enums.types";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime, Json } from "../../platform/graphql/scalars";
import type { AnswerView, LeadView } from "./lead-view";
import type { VisibleContact, Withholding } from "./projection";
import type { Reason as ReasonData, ReasonKind as WhyKind } from "./why";

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
  @Field(() => Civility, { nullable: true, description: "How to address the person." })
  civility: Title | null;
  @Field(() => String, { nullable: true, description: "The first name." }) firstName: string | null;
  @Field(() => String, { nullable: true, description: "The last name." }) lastName: string | null;
  @Field(() => String, {
    nullable: true,
    description: "E.164. Call only if `channels` has PHONE; text only if it has SMS.",
  })
  phone: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The e-mail address. Write only if `channels` has EMAIL.",
  })
  email: string | null;
  @Field(() => String, { nullable: true, description: "The street with its number." }) street: string | null;
  @Field(() => String, { nullable: true, description: "The five digits of the postcode." })
  postcode: string | null;
  @Field(() => String, { nullable: true, description: "The city." }) city: string | null;
  @Field(() => [ContactChannel], { description: "The only ways in which you may contact this person." })
  channels: readonly Channel[];
}

@ObjectType({ description: "A field of the lead that is null, and why." })
export class Withheld implements Withholding {
  @Field(() => String, { description: 'Path into Lead, for example "contact.phone".' }) field: string;
  @Field(() => WithheldReason, { description: "Why it is null." }) reason: Withholding["reason"];
}

@ObjectType({ description: "One of the reasons why you received the lead." })
export class Reason {
  /** What is stored. `text` puts it into words. */
  reason: ReasonData;
  @Field(() => ReasonKind, { description: "What the reason is about." }) kind: WhyKind;
}

@ObjectType({ description: "What the lead cost you. It is charged when the lead is matched." })
export class Charge {
  @Field(() => ChargeStatus, { description: "Whether you pay for it." }) status: keyof typeof ChargeStatus;
  @Field(() => Cents, { description: "Excluding VAT; 0 in the sandbox." }) amountCents: number;
  @Field(() => DateTime, { description: "When it was credited, otherwise when the lead was matched." })
  at: Date;
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
  @Field(() => DateTime, { description: "When the person consented." }) givenAt: Date;
  @Field(() => [ContactChannel], { description: "The channels that are still allowed." })
  channels: readonly Channel[];
  @Field(() => String, { description: "SHA-256, in hexadecimal, of the consent text as it was shown." })
  textHash: string;
}

@ObjectType({
  description: "A consumer's request as you may see it. The id is random and belongs to this delivery only.",
})
export class Lead {
  view: LeadView;
  @Field(() => ID, { description: "The lead's id, which no other supplier knows." }) id: string;
  @Field(() => Product, { description: "What the person asks for." }) product: Product;
  campaign: Campaign;
  @Field(() => DateTime, { description: "When the person submitted the request." }) submittedAt: Date;
  @Field(() => DateTime, { description: "When you received the lead and it was charged." }) matchedAt: Date;
  @Field(() => [Answer], { description: "The person's answers, in the order of the form." })
  answers: readonly Answer[];
  @Field(() => Place, { description: "Where the need is." }) place: Place;
  @Field(() => Contact, { description: "The person, as far as the consent allows." }) contact: Contact;
  @Field(() => [Withheld], { description: "The fields that are null, and why." })
  withheld: readonly Withheld[];
  @Field(() => Int, { description: "1 for the first supplier that received the lead." }) seat: number;
  @Field(() => Int, {
    description: "The largest number of suppliers that receive the lead; 1 means exclusive.",
  })
  seats: number;
  @Field(() => Cents, { description: "Excluding VAT." }) priceCents: number;
  @Field(() => Charge, { description: "What the lead costs you." }) charge: Charge;
  @Field(() => [Reason], {
    description: "The consent, zone, criteria, caps and price on which you received the lead.",
  })
  why: readonly Reason[];
}
export const LeadConnection = connectionType(Lead, "Lead");

@InputType({ description: "Restricts the leads that are listed. Every field that is given has to match." })
export class LeadFilter {
  @Field(() => ID, { nullable: true, description: "Only leads of this campaign." }) campaign?: string;
  @Field(() => DateTime, { nullable: true, description: "Only leads matched at this time or later." })
  matchedFrom?: Date;
  @Field(() => DateTime, { nullable: true, description: "Only leads matched before this time." })
  matchedBefore?: Date;
}

@ObjectType({
  description:
    "The state of a revocation: when your right to a lead ended, and whether you have acknowledged it.",
})
export class RevocationStatus {
  @Field(() => ID, { description: "The lead, which can no longer be read." }) leadId: string;
  @Field(() => RevocationReason, { description: "Why your right to it has ended." }) reason: string | null;
  @Field(() => DateTime, { description: "When your right to it ended." }) revokedAt: Date | null;
  @Field(() => DateTime, { description: "When you have to have acknowledged it." })
  acknowledgeBy: Date | null;
  @Field(() => DateTime, { nullable: true, description: "When you last acknowledged it; null until then." })
  acknowledgedAt: Date | null;
  @Field(() => Disposition, { nullable: true, description: "What you did with it; null until you say so." })
  disposition: string | null;
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

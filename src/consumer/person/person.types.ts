import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import {
  formOf,
  productById,
  type ContactChannel as Channel,
  type Form,
  type Purpose as Use,
} from "../../reference/catalogue";
import { ContactChannel, Product, Purpose, toProduct } from "../../reference/catalogue/catalogue.types";
import type { ConsentAct, Grant, RecordedAct } from "../../people/consent";
import { Answer, Contact, toAnswer } from "../../delivery/deliveries/lead.types";
import { Place, toPlace } from "../../reference/geo/geo.types";
import { DateTime } from "../../platform/graphql/scalars";
import type { Words } from "../../shared/language";
import type { NotSent as NotSentView } from "./not-sent";
import type { PersonalView } from "./personal-view";

export const RequestState = { UNCONFIRMED: "UNCONFIRMED", WAITING: "WAITING", CLOSED: "CLOSED" } as const;
registerEnumType(RequestState, {
  name: "RequestState",
  description: "Where a request stands.",
  valuesConfig: {
    UNCONFIRMED: {
      description:
        "A code was sent. No supplier receives the request before it is entered. Deleted after 72 hours.",
    },
    WAITING: { description: "Suppliers may still receive it, until waitUntil." },
    CLOSED: { description: "No further supplier receives it." },
  },
});
export const ConsentActKind = { GIVEN: "GIVEN", WITHDRAWN: "WITHDRAWN" } as const;
registerEnumType(ConsentActKind, {
  name: "ConsentActKind",
  description: "What a person did about their consent.",
  valuesConfig: {
    GIVEN: { description: "Consent was given." },
    WITHDRAWN: { description: "Consent was withdrawn, for all or for a part." },
  },
});

export const NotSentReason = { PLACE: "PLACE", ANSWER: "ANSWER", CIRCUMSTANCES: "CIRCUMSTANCES" } as const;
registerEnumType(NotSentReason, {
  name: "NotSentReason",
  description: "Why a supplier has not received a request.",
  valuesConfig: {
    PLACE: { description: "The supplier does not want requests from your place." },
    ANSWER: { description: "One of your answers does not meet what the supplier requires." },
    CIRCUMSTANCES: {
      description: "The supplier could not take the request at the time, or other suppliers were first.",
    },
  },
});

@ObjectType({
  description: "Why a supplier that you ticked has not received your request, according to the last attempt.",
})
export class NotSent {
  @Field(() => NotSentReason, { description: "What kept it from the supplier." })
  reason: keyof typeof NotSentReason;
  /** The question, for ANSWER. */
  words: Words | null;
}

@InputType({ description: "A field that is left out means all, so {} withdraws everything." })
export class WithdrawConsentInput {
  @Field(() => Purpose, { nullable: true, description: "The purpose; all if it is left out." })
  purpose?: Use;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Suppliers of your request, each once; all if it is left out. An empty list is INVALID_INPUT.",
  })
  supplierIds?: string[];
  @Field(() => [ContactChannel], {
    nullable: true,
    description: "Channels, each once; all if it is left out. An empty list is INVALID_INPUT.",
  })
  channels?: Channel[];
}

@ObjectType({ description: "A supplier you consented to." })
export class RequestRecipient {
  @Field(() => ID, { description: "The supplier, for withdrawConsent." }) supplierId: string;
  @Field(() => String, { description: "The name as it was shown to you." }) name: string;
  @Field(() => String, { description: "The country it was registered in then (ISO 3166-1 alpha-2)." })
  country: string;
  @Field(() => [ContactChannel], { description: "How it may contact you now." }) channels: readonly Channel[];
  @Field(() => DateTime, {
    nullable: true,
    description: "When it received your request; null if it did not.",
  })
  sentAt: Date | null;
  @Field(() => DateTime, { nullable: true, description: "When its right to use your request ended." })
  endedAt: Date | null;
  @Field(() => DateTime, { nullable: true, description: "When it acknowledged that its right has ended." })
  acknowledgedAt: Date | null;
  @Field(() => NotSent, {
    nullable: true,
    description: "null once it was sent, and before the first attempt.",
  })
  notSent: NotSent | null;
}

@ObjectType({ description: "One consent that you gave or withdrew. Entries are only added, never changed." })
export class ConsentActView {
  @Field(() => ConsentActKind, { description: "What you did." }) kind: ConsentAct["kind"];
  @Field(() => DateTime, { description: "When you did it." }) at: Date;
  @Field(() => [Purpose], { description: "Empty in a withdrawal of all purposes." })
  purposes: readonly Use[];
  @Field(() => [ID], {
    description: "Empty when a withdrawal applies to all suppliers, or when none was named.",
  })
  supplierIds: readonly string[];
  @Field(() => [ContactChannel], {
    description: "Empty when a withdrawal applies to all channels, or when none was named.",
  })
  channels: readonly Channel[];
}

@ObjectType({ description: "Your request: what was sent to whom, when, and under which consent." })
export class PersonalRequest {
  @Field(() => ID, { description: "The reference to quote." }) reference: string;
  @Field(() => Product, { description: "What you asked for." }) product: Product;
  @Field(() => RequestState, { description: "Whether suppliers may still receive it." })
  state: keyof typeof RequestState;
  @Field(() => DateTime, { description: "When you submitted it." }) submittedAt: Date;
  @Field(() => DateTime, { description: "Until when suppliers may receive it." }) waitUntil: Date;
  @Field(() => Contact, { description: "What you told us about yourself." }) contact: Contact;
  @Field(() => Place, { description: "Where the need is." }) place: Place;
  @Field(() => Int, {
    description: "The version of the form you filled in. Your answers are shown in its wording.",
  })
  formVersion: number;
  @Field(() => [Answer], { description: "Your answers, in the order of the form." })
  answers: readonly Answer[];
  @Field(() => Int, {
    description:
      "The maximum number of suppliers that receive one request for the product. The first supplier may have required fewer.",
  })
  seats: number;
  @Field(() => [RequestRecipient], {
    description: "Every supplier that you ever consented to, in the order in which they were shown.",
  })
  recipients: readonly RequestRecipient[];
  @Field(() => [Purpose], {
    description: "The purposes that you still agree to, besides sending the request to suppliers.",
  })
  purposes: readonly Use[];
  @Field(() => [ConsentActView], { description: "What you gave and withdrew, the oldest first." })
  consent: readonly ConsentActView[];
}

export function toPersonalRequest(view: PersonalView): PersonalRequest {
  const { lead, contact, place, formVersion, answers, recipients, purposes, acts } = view;
  const product = productById(lead.productId);
  if (!product) throw new Error(`A request is for ${lead.productId}, which is no longer sold.`);
  const channels = [...new Set(recipients.flatMap((recipient) => recipient.channels))];
  return {
    reference: lead.reference,
    product: toProduct(product),
    seats: product.seats,
    state: lead.state === "OPEN" ? "WAITING" : lead.state,
    submittedAt: lead.submittedAt,
    waitUntil: lead.waitUntil,
    contact: { ...contact, channels },
    place: toPlace(place),
    ...{ formVersion, purposes },
    answers: answers.map(toAnswer),
    recipients: recipients.map((one) => ({
      ...one,
      notSent: one.notSent && toNotSent(one.notSent, formOf(product, formVersion)),
    })),
    consent: acts.map(toAct),
  };
}

const toNotSent = ({ reason, field }: NotSentView, form: Form): NotSent =>
  Object.assign(new NotSent(), {
    reason,
    words: form.fields.find(({ id }) => id === field)?.label ?? null,
  });

function toAct({ at, content }: RecordedAct): ConsentActView {
  if (content.kind === "WITHDRAWN") {
    const { kind, purpose, supplierIds = [], channels = [] } = content;
    return { kind, at, purposes: purpose ? [purpose] : [], supplierIds, channels };
  }
  const { grants } = content;
  const all = <T>(pick: (grant: Grant) => readonly T[] | null | undefined): T[] => [
    ...new Set(grants.flatMap((grant) => pick(grant) ?? [])),
  ];
  return {
    kind: content.kind,
    at,
    purposes: all(({ purpose }) => [purpose]),
    supplierIds: all(({ supplierIds }) => supplierIds),
    channels: all(({ channels }) => channels),
  };
}

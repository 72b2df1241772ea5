import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type {
  ConfirmationChannel as Confirmation,
  ContactChannel as Channel,
  Purpose as Use,
} from "../../reference/catalogue";
import { ConfirmationChannel, ContactChannel, Purpose } from "../../reference/catalogue/catalogue.types";
import type { Civility as Title } from "../../people/leads";
import { Civility } from "../../people/leads/lead.types";
import { Refusal } from "../../platform/graphql/refusal.types";
import { DateTime } from "../../platform/graphql/scalars";
import { messages, type IntakeAnswer, type IntakeRefusalReason } from "./answers";

export const LeadRefusalReason = Object.fromEntries(Object.keys(messages).map((key) => [key, key])) as Record<
  IntakeRefusalReason,
  IntakeRefusalReason
>;
registerEnumType(LeadRefusalReason, {
  name: "LeadRefusalReason",
  description: "Why a request was not stored or not confirmed.",
  valuesConfig: {
    CONSENT_MISSING: { description: "The person ticked no supplier." },
    PREVIEW_EXPIRED: { description: "The preview is too old. Preview again and show the recipients anew." },
    FORM_CHANGED: { description: "The form has a new version. Read it again and preview anew." },
    CONFIRMATION_UNAVAILABLE: { description: "No code can be sent by this channel at the moment." },
    TOO_MANY_CODES: { description: "Five codes were sent to this contact within ten minutes." },
    TOO_MANY_TRIES: { description: "Five codes were tried for this contact within ten minutes." },
    CODE_EXPIRED: { description: "The code is older than ten minutes. Ask for another with resendCode." },
    ALREADY_CONFIRMED: { description: "The request was confirmed before." },
    WAIT_ENDED: { description: "The time is over that the person was willing to wait." },
    WITHDRAWN: { description: "The person has withdrawn the request." },
  },
});

@InputType({
  description: "phone is required only if a grant names PHONE or SMS, or if the code is sent by SMS.",
})
export class ContactInput {
  @Field(() => Civility, { description: "How to address the person." }) civility: Title;
  @Field(() => String, { description: "The first name, 1 to 80 characters." }) firstName: string;
  @Field(() => String, { description: "The last name, 1 to 80 characters." }) lastName: string;
  @Field(() => String, {
    nullable: true,
    description:
      "A number at which the person can be reached, national or with its country code. A national number is read for the département of the place.",
  })
  phone?: string;
  @Field(() => String, { description: "The e-mail address." }) email: string;
  @Field(() => String, {
    nullable: true,
    description:
      "The street with its number, at most 200 characters. It gives the exact position of the need.",
  })
  street?: string;
  @Field(() => String, { description: "The five digits of a French postcode." }) postcode: string;
  @Field(() => String, { description: "The city, 1 to 100 characters." }) city: string;
}

@InputType({
  description: "A purpose that the person ticked. A TRANSMIT grant must name its suppliers and channels.",
})
export class GrantInput {
  @Field(() => Purpose, { description: "A purpose of the declaration that was shown." }) purpose: Use;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Only for TRANSMIT, and required there: the suppliers that the person ticked, out of those shown.",
  })
  supplierIds?: string[];
  @Field(() => [ContactChannel], {
    nullable: true,
    description: "Only for TRANSMIT, and required there: how these suppliers may contact the person.",
  })
  channels?: Channel[];
  @Field(() => [String], {
    nullable: true,
    description: "The credit agencies that the person agreed to, out of those that the preview lists.",
  })
  creditAgencies?: string[];
}

@InputType({ description: "A person's request with their consent. All its faults are reported at once." })
export class SubmitLeadInput {
  @Field(() => String, { description: "The token of previewRecipients, exactly as you received it." })
  token: string;
  @Field(() => ContactInput, { description: "The person." }) contact: ContactInput;
  @Field(() => [GrantInput], { description: "What the person ticked." }) grants: GrantInput[];
  @Field(() => ConfirmationChannel, {
    nullable: true,
    description: "How the code is sent. Defaults to EMAIL.",
  })
  confirmBy?: Confirmation;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "Until when the person is willing to wait for a supplier. Defaults to one day; at most seven days.",
  })
  waitUntil?: Date;
  @Field(() => String, {
    nullable: true,
    description:
      "1 to 200 characters of your choice. Repeating the request with the same key and the same input returns the first answer; the same key with another input is a CONFLICT.",
  })
  idempotencyKey?: string;
}

@InputType({ description: "The code that the person received." })
export class ConfirmPhoneInput {
  @Field(() => ID, { description: "The reference of the request." }) reference: string;
  @Field(() => String, { description: "The six digits." }) code: string;
}

@ObjectType({
  description:
    "The request was stored. Reference and token are always new, also for a repeat request, so that nothing of an earlier request is revealed.",
})
export class LeadSubmitted {
  @Field(() => ID, { description: "The reference of the request, for people to quote." }) reference: string;
  @Field(() => String, {
    description: "The link to give to the person, where they see who received what and can withdraw.",
  })
  personalLink: string;
  @Field(() => String, { description: "The token of the link: a bearer token of the person." })
  personalToken: string;
}

@ObjectType({
  description:
    "A code was sent to the person, who can already withdraw. demoCode is set only in the demo. Unconfirmed requests are deleted after 72 hours.",
})
export class ConfirmationRequired {
  @Field(() => ID, {
    description:
      "Until the request is confirmed, whoever knows the reference can read the request. Keep it out of URLs and logs.",
  })
  reference: string;
  @Field(() => String, { description: "A bearer token of the person, who can already withdraw with it." })
  personalToken: string;
  @Field(() => String, { description: "The masked e-mail address or phone number." }) sentTo: string;
  @Field(() => DateTime, { description: "Until when the code works." }) expiresAt: Date;
  @Field(() => Int, { description: "How many more codes may be tried." }) attemptsLeft: number;
  @Field(() => String, { nullable: true, description: "The code, in the demo only; otherwise null." })
  demoCode: string | null;
}

@ObjectType({ implements: Refusal, description: "The request was not stored, or not confirmed." })
export class LeadRefused extends Refusal {
  @Field(() => LeadRefusalReason, { description: "Why it was refused." }) reason: IntakeRefusalReason;
}

const answers = () => [LeadSubmitted, ConfirmationRequired, LeadRefused] as const;
export const SubmitLeadResult = createUnionType({
  name: "SubmitLeadResult",
  description: "What became of a submitted request.",
  types: answers,
});
export const ConfirmPhoneResult = createUnionType({
  name: "ConfirmPhoneResult",
  description:
    "What became of a confirmation: LeadSubmitted once it is confirmed, ConfirmationRequired after a wrong code or a new one.",
  types: answers,
});

/** `personalLinkOf` puts the token into the URL fragment, which browsers never send to a server. */
export function toAnswer(
  answer: IntakeAnswer,
  personalLinkOf: (token: string) => string,
): LeadSubmitted | ConfirmationRequired | LeadRefused {
  switch (answer.kind) {
    case "SUBMITTED":
      return Object.assign(new LeadSubmitted(), answer, {
        personalLink: personalLinkOf(answer.personalToken),
      });
    case "CONFIRM":
      return Object.assign(new ConfirmationRequired(), answer);
    case "REFUSED":
      return Object.assign(new LeadRefused(), { reason: answer.reason, message: messages[answer.reason] });
  }
}

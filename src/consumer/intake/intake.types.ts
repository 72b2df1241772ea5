import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type {
  ConfirmationChannel as Confirmation,
  ContactChannel as Channel,
  Purpose as Use,
} from "../../reference/catalogue";
import { ConfirmationChannel, ContactChannel, Purpose } from "../../reference/catalogue/catalogue.types";
import type { Civility as Title } from "../../people/leads";
import { Civility } from "../../people/leads/lead.types";
import { DateTime } from "../../platform/graphql/scalars";
import { messages, type IntakeAnswer, type IntakeRefusalReason } from "./answers";

export const LeadRefusalReason = Object.fromEntries(Object.keys(messages).map((key) => [key, key])) as Record<
  IntakeRefusalReason,
  IntakeRefusalReason
>;
registerEnumType(LeadRefusalReason, {
  name: "LeadRefusalReason",
  description: "Why a request was not stored or not confirmed.",
});

@InputType({
  description: "phone is required only if a grant names PHONE or SMS, or if the code is sent by SMS.",
})
export class ContactInput {
  @Field(() => Civility) civility: Title;
  @Field(() => String) firstName: string;
  @Field(() => String) lastName: string;
  @Field(() => String, { nullable: true }) phone?: string;
  @Field(() => String) email: string;
  @Field(() => String, { nullable: true }) street?: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
}

@InputType({
  description: "A purpose that the person ticked. A TRANSMIT grant must name its suppliers and channels.",
})
export class GrantInput {
  @Field(() => Purpose) purpose: Use;
  @Field(() => [ID], { nullable: true }) supplierIds?: string[];
  @Field(() => [ContactChannel], { nullable: true }) channels?: Channel[];
  @Field(() => [String], { nullable: true }) creditAgencies?: string[];
}

@InputType()
export class SubmitLeadInput {
  @Field(() => String) token: string;
  @Field(() => ContactInput) contact: ContactInput;
  @Field(() => [GrantInput]) grants: GrantInput[];
  @Field(() => ConfirmationChannel, { nullable: true, description: "Defaults to EMAIL." })
  confirmBy?: Confirmation;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "Until when the person is willing to wait for a supplier. Defaults to one day; at most seven days.",
  })
  waitUntil?: Date;
  @Field(() => String, { nullable: true }) idempotencyKey?: string;
}

@InputType()
export class ConfirmPhoneInput {
  @Field(() => ID) reference: string;
  @Field(() => String) code: string;
}

@ObjectType({
  description:
    "The request was stored. Reference and token are always new, also for a repeat request, so that nothing of an earlier request is revealed.",
})
export class LeadSubmitted {
  @Field(() => ID) reference: string;
  @Field(() => String, {
    description: "The link to give to the person, where they see who received what and can withdraw.",
  })
  personalLink: string;
  @Field(() => String) personalToken: string;
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
  @Field(() => String) personalToken: string;
  @Field(() => String, { description: "The masked e-mail address or phone number." }) sentTo: string;
  @Field(() => DateTime) expiresAt: Date;
  @Field(() => Int) attemptsLeft: number;
  @Field(() => String, { nullable: true }) demoCode: string | null;
}

@ObjectType()
export class LeadRefused {
  @Field(() => LeadRefusalReason) reason: IntakeRefusalReason;
  @Field(() => String) message: string;
}

const answers = () => [LeadSubmitted, ConfirmationRequired, LeadRefused] as const;
export const SubmitLeadResult = createUnionType({ name: "SubmitLeadResult", types: answers });
export const ConfirmPhoneResult = createUnionType({ name: "ConfirmPhoneResult", types: answers });

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

import {
  createUnionType,
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import type {
  ConfirmationChannel as Confirmation,
  ContactChannel as Channel,
  Language as Lang,
  Purpose as Use,
} from "../catalogue";
import {
  ConfirmationChannel,
  ConsentDeclaration,
  ContactChannel,
  Language,
  Purpose,
  toDeclaration,
} from "../catalogue/catalogue.types";
import type { Civility as Title } from "../leads";
import { Civility } from "../leads/lead.types";
import { DateTime, Json } from "../platform/graphql/scalars";
import { messages, type IntakeAnswer, type RefusalReason } from "./answers";
import type { PreviewView } from "./preview";

export const LeadRefusalReason = Object.fromEntries(Object.keys(messages).map((key) => [key, key])) as Record<
  RefusalReason,
  RefusalReason
>;
registerEnumType(LeadRefusalReason, {
  name: "LeadRefusalReason",
  description: "Why nothing was stored, or nothing was confirmed.",
});

@InputType()
export class AnswerInput {
  @Field(() => ID) field: string;
  @Field(() => Json, {
    description: "A text, a number, true or false, YYYY-MM-DD, or a list of options, as the field asks.",
  })
  value: unknown;
}

@InputType({ description: "Where the need is. Give inseeCode wherever several communes share the postcode." })
export class LocationInput {
  @Field(() => String) postcode: string;
  @Field(() => String, { nullable: true }) inseeCode?: string;
  @Field(() => Float, { nullable: true }) longitude?: number;
  @Field(() => Float, { nullable: true }) latitude?: number;
}

@InputType()
export class PreviewRecipientsInput {
  @Field(() => ID) product: string;
  @Field(() => [AnswerInput]) answers: AnswerInput[];
  @Field(() => LocationInput) location: LocationInput;
  @Field(() => Language, { defaultValue: "FR", description: "Of the declaration to show." }) language: Lang;
}

@ObjectType({ description: "A supplier to name to the person." })
export class Recipient {
  @Field(() => ID) supplierId: string;
  @Field(() => String) name: string;
  @Field(() => String, { nullable: true }) city: string | null;
  @Field(() => [String]) creditAgencies: readonly string[];
}

@ObjectType({
  description:
    "The token binds need, place, recipients shown and declaration; it bounds the time from preview to submit, nothing else.",
})
export class RecipientPreview {
  @Field(() => String) token: string;
  @Field(() => DateTime) expiresAt: Date;
  @Field(() => ConsentDeclaration) consent: ConsentDeclaration;
  @Field(() => [Recipient], { description: "One unticked box each, per channel." }) recipients: Recipient[];
  @Field(() => String, { description: "The published ranking rule." }) rankedBy: string;
}

@InputType({ description: "phone is required only if a grant names PHONE or SMS, or confirmation needs it." })
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

@InputType({ description: "What was ticked; TRANSMIT names its suppliers and channels." })
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
  @Field(() => ConfirmationChannel, { nullable: true, description: "EMAIL if left out." })
  confirmBy?: Confirmation;
  @Field(() => DateTime, {
    nullable: true,
    description: "How long the person is ready to wait for a supplier: one day if left out, at most seven.",
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
    "Always a fresh reference and token, also for a repeated request: nothing of an earlier lead is ever given away.",
})
export class LeadSubmitted {
  @Field(() => ID) reference: string;
  @Field(() => String, { description: "To give to the person: shows who received what, and withdraws." })
  personalLink: string;
  @Field(() => String) personalToken: string;
}

@ObjectType({
  description:
    "The person can withdraw already. demoCode is filled by the demo's provider only. Unconfirmed requests are deleted after 72 h.",
})
export class ConfirmationRequired {
  @Field(() => ID) reference: string;
  @Field(() => String) personalToken: string;
  @Field(() => String, { description: "Masked." }) sentTo: string;
  @Field(() => DateTime) expiresAt: Date;
  @Field(() => Int) attemptsLeft: number;
  @Field(() => String, { nullable: true }) demoCode: string | null;
}

@ObjectType()
export class LeadRefused {
  @Field(() => LeadRefusalReason) reason: RefusalReason;
  @Field(() => String) message: string;
}

const answers = () => [LeadSubmitted, ConfirmationRequired, LeadRefused] as const;
export const SubmitLeadResult = createUnionType({ name: "SubmitLeadResult", types: answers });
export const ConfirmPhoneResult = createUnionType({ name: "ConfirmPhoneResult", types: answers });

export const toPreview = ({
  token,
  expiresAt,
  declaration,
  recipients,
  rankedBy,
}: PreviewView): RecipientPreview => ({
  token,
  expiresAt,
  rankedBy,
  consent: toDeclaration(declaration),
  recipients: recipients.map(({ id, name, city, creditAgencies }) => ({
    supplierId: id,
    name,
    city,
    creditAgencies,
  })),
});

/** `personalLinkOf` puts the token into the fragment, which browsers never send to a server. */
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

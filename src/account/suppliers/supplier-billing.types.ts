import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { BillingMode as Mode } from "../ledger";
import { BillingMode } from "../ledger/account.types";
import { Cents } from "../../platform/graphql/scalars";
import type { DocumentLanguage as Language } from "./billing-profile";

@InputType({ description: "What changes. A field that is absent stays as it is, and null sets its default." })
export class BillingInput {
  @Field(() => ID, { description: "The supplier." }) supplierId: string;
  @Field(() => BillingMode, {
    nullable: true,
    description:
      "PREPAID or POSTPAID; it has no default. It changes only while the balance is 0, otherwise the answer is a CONFLICT.",
  })
  mode?: Mode | null;
  @Field(() => Cents, {
    nullable: true,
    description:
      "From 0 to 100000000000, and 0 on a prepaid account; 0 by default. Changing to PREPAID without it also sets 0.",
  })
  creditLimitCents?: number | null;
}

export const DocumentLanguage = { FR: "FR", EN: "EN" } as const;
registerEnumType(DocumentLanguage, {
  name: "DocumentLanguage",
  description: "The language of billing documents.",
  valuesConfig: { FR: { description: "French." }, EN: { description: "English." } },
});

const country = "Two letters (ISO 3166-1 alpha-2), such as FR. It decides the VAT treatment.";
const vatNumber = "The VAT number";
const emailed = "Every document issued from now on is mailed to it";

@InputType({
  description:
    "What changes. A field that is absent stays as it is, and null sets its default. Until a profile is set, country, street, postcode, city and language are required.",
})
export class UpdateBillingProfileInput {
  @Field(() => String, { nullable: true, description: `${country} It has no default.` }) country?:
    string | null;
  @Field(() => String, {
    nullable: true,
    description: `${vatNumber}; required for EU countries and Monaco, optional elsewhere. Its check digits are verified where their rule is public. None by default, and at first that of the registration.`,
  })
  vatNumber?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Street and number: one line of 1 to 200 characters. It has no default.",
  })
  street?: string | null;
  @Field(() => String, { nullable: true, description: "1 to 12 characters. It has no default." })
  postcode?: string | null;
  @Field(() => String, { nullable: true, description: "One line of 1 to 200 characters. It has no default." })
  city?: string | null;
  @Field(() => DocumentLanguage, {
    nullable: true,
    description: "The language of documents issued from now on. It has no default.",
  })
  language?: Language | null;
  @Field(() => String, {
    nullable: true,
    description: "1 to 35 characters, printed on each document. None by default.",
  })
  purchaseOrder?: string | null;
  @Field(() => String, {
    nullable: true,
    description: `An e-mail address. ${emailed}. None by default: documents are then not mailed.`,
  })
  email?: string | null;
}

@ObjectType({ description: "The address on billing documents, and the basis of the VAT treatment." })
export class BillingProfile {
  @Field(() => String, { description: country }) country: string;
  @Field(() => String, { nullable: true, description: `${vatNumber}; null if there is none.` })
  vatNumber: string | null;
  @Field(() => String, { description: "Street and number." }) street: string;
  @Field(() => String, { description: "The postcode, as it is written in the country." }) postcode: string;
  @Field(() => String, { description: "The town." }) city: string;
  @Field(() => DocumentLanguage, { description: "The language of the documents." }) language: Language;
  @Field(() => String, {
    nullable: true,
    description: "The purchase order on each document; null if there is none.",
  })
  purchaseOrder: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Where documents are mailed to; null if they are not mailed.",
  })
  email: string | null;
  @Field(() => Int, {
    description:
      "Counts the changes, from 1. Pass it to updateBillingProfile as ifVersion, so that you do not overwrite a change that you have not seen.",
  })
  version: number;
}

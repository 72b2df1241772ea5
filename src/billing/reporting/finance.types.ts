import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import type { DocumentLanguage as Language } from "../../account/suppliers";
import { BillingDocument } from "../documents/document.types";
import type { BillingMode as Mode } from "../../account/ledger";
import { Account, BillingMode } from "../../account/ledger/account.types";
import { Cents } from "../../platform/graphql/scalars";

@InputType({ description: "As it stands on the bank's statement." })
export class BankTransferInput {
  @Field(() => ID) supplierId: string;
  @Field(() => Cents) amountInclVatCents: number;
  @Field(() => String, { description: "The day the bank received it, YYYY-MM-DD." }) receivedOn: string;
  @Field(() => String, { description: "The bank's own reference; each is recorded once." })
  bankReference: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "The invoice that it was made for, paid before the others. Without it the oldest comes first.",
  })
  documentId?: string | null;
}

@ObjectType()
export class BankTransferRecorded {
  @Field(() => ID) transferId: string;
  @Field(() => Account, { description: "As it stands now." }) account: Account;
}

@InputType({ description: "What is left out stays as it is." })
export class BillingInput {
  @Field(() => ID) supplierId: string;
  @Field(() => BillingMode, { nullable: true, description: "Changes only while the balance is 0." })
  mode?: Mode | null;
  @Field(() => Cents, { nullable: true, description: "0 on a prepaid account." })
  creditLimitCents?: number | null;
}

@InputType()
export class RefundInput {
  @Field(() => ID) supplierId: string;
  @Field(() => Cents, {
    nullable: true,
    description: "Excluding VAT, which goes back with it; all that is not spent if it is left out.",
  })
  netCents?: number | null;
  @Field(() => String, { description: "Of the transfer by which it goes back." }) bankReference: string;
}

@ObjectType()
export class BalanceRefunded {
  @Field(() => [BillingDocument], { description: "The credit notes on the deposits." })
  documents: BillingDocument[];
  @Field(() => Account, { description: "As it stands now." }) account: Account;
}

export const DocumentLanguage = { FR: "FR", EN: "EN" } as const;
registerEnumType(DocumentLanguage, { name: "DocumentLanguage" });

@InputType({ description: "How documents are addressed, and how VAT is charged." })
export class BillingProfileInput {
  @Field(() => String, { description: "ISO 3166, two letters. It decides how VAT is charged." })
  country: string;
  @Field(() => String, { nullable: true, description: "Needed in the EU outside of France." })
  vatNumber?: string | null;
  @Field(() => String) street: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
  @Field(() => DocumentLanguage) language: Language;
  @Field(() => String, { nullable: true, description: "At most 35 characters; it stands on each document." })
  purchaseOrder?: string | null;
  @Field(() => String, { nullable: true, description: "Every document is sent there by mail from now on." })
  email?: string | null;
}

@ObjectType({ description: "How documents are addressed, and how VAT is charged." })
export class BillingProfile {
  @Field(() => String) country: string;
  @Field(() => String, { nullable: true }) vatNumber: string | null;
  @Field(() => String) street: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
  @Field(() => DocumentLanguage) language: Language;
  @Field(() => String, { nullable: true }) purchaseOrder: string | null;
  @Field(() => String, { nullable: true, description: "Where documents are sent by mail." }) email:
    string | null;
}

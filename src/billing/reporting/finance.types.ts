import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import type { DocumentLanguage as Language } from "../../account/suppliers";
import { BillingDocument } from "../documents/document.types";
import type { BillingMode as Mode } from "../../account/ledger";
import { Account, BillingMode } from "../../account/ledger/account.types";
import { Cents } from "../../platform/graphql/scalars";

@InputType({ description: "A transfer as shown on the bank statement." })
export class BankTransferInput {
  @Field(() => ID) supplierId: string;
  @Field(() => Cents) amountInclVatCents: number;
  @Field(() => String, { description: "The day the bank received it, YYYY-MM-DD." }) receivedOn: string;
  @Field(() => String, { description: "The bank's reference; each is recorded once." })
  bankReference: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "The invoice it was made for, settled before the others. Without it the oldest is settled first.",
  })
  documentId?: string | null;
}

@ObjectType()
export class BankTransferRecorded {
  @Field(() => ID) transferId: string;
  @Field(() => Account, { description: "The account after the operation." }) account: Account;
}

@InputType({ description: "Omitted fields keep their value." })
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
    description: "Excluding VAT, which is refunded with it; defaults to everything that is not spent.",
  })
  netCents?: number | null;
  @Field(() => String, { description: "Reference of the outgoing transfer." }) bankReference: string;
}

@ObjectType()
export class BalanceRefunded {
  @Field(() => [BillingDocument], { description: "The credit notes on the deposit invoices." })
  documents: BillingDocument[];
  @Field(() => Account, { description: "The account after the operation." }) account: Account;
}

export const DocumentLanguage = { FR: "FR", EN: "EN" } as const;
registerEnumType(DocumentLanguage, { name: "DocumentLanguage" });

@InputType({ description: "The address on documents, and the basis of the VAT treatment." })
export class BillingProfileInput {
  @Field(() => String, { description: "ISO 3166-1 alpha-2. It determines the VAT treatment." })
  country: string;
  @Field(() => String, { nullable: true, description: "Required for EU countries other than France." })
  vatNumber?: string | null;
  @Field(() => String) street: string;
  @Field(() => String) postcode: string;
  @Field(() => String) city: string;
  @Field(() => DocumentLanguage) language: Language;
  @Field(() => String, { nullable: true, description: "At most 35 characters; printed on each document." })
  purchaseOrder?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Every document issued from now on is sent to this address.",
  })
  email?: string | null;
}

@ObjectType({ description: "The address on documents, and the basis of the VAT treatment." })
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

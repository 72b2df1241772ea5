import { Field, ID, InputType, ObjectType } from "type-graphql";
import { BillingDocument } from "../documents/document.types";
import { Account } from "../../account/ledger/account.types";
import { Cents } from "../../platform/graphql/scalars";

@InputType({ description: "A transfer as shown on the bank statement." })
export class BankTransferInput {
  @Field(() => ID, { description: "Id of the supplier that paid." }) supplierId: string;
  @Field(() => Cents, { description: "Including VAT: 1 to 100000000000 euro cents." })
  amountInclVatCents: number;
  @Field(() => String, {
    description: "The day the bank received it, YYYY-MM-DD: from 2000-01-01 to today in Paris.",
  })
  receivedOn: string;
  @Field(() => String, {
    description: "The bank's reference, one line of 1 to 140 characters; each is recorded once.",
  })
  bankReference: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "Id of the invoice it was made for, settled before the others. Without it the oldest is settled first.",
  })
  documentId?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "true: record it although a bank line with this reference, or with this amount and nearly this day, may be the same money (CONFLICT with the reason LOOKS_RECORDED). Default: false.",
  })
  isAnother?: boolean | null;
}

@ObjectType({ description: "A bank transfer that was recorded, and the account after it." })
export class BankTransferRecorded {
  @Field(() => ID, {
    description:
      "Id of the transfer. Its postings on the account show the bank's reference; there is no object to read.",
  })
  transferId: string;
  @Field(() => Account, { description: "The account after the operation." }) account: Account;
}

@ObjectType({ description: "The documents that were issued." })
export class IssueInvoicePayload {
  @Field(() => [BillingDocument], {
    description: "Credit notes first, then invoices; empty when there was nothing to bill.",
  })
  documents: BillingDocument[];
}

@InputType({ description: "A refund of unspent money by bank transfer." })
export class RefundBalanceInput {
  @Field(() => ID, { description: "Id of the supplier that is refunded." }) supplierId: string;
  @Field(() => Cents, {
    nullable: true,
    description:
      "Excluding VAT, which is refunded with it: at least 1 euro cent. Without it: everything that is not spent.",
  })
  netCents?: number | null;
  @Field(() => String, {
    description: "The bank's reference of the outgoing transfer, one line of 1 to 140 characters.",
  })
  bankReference: string;
}

@ObjectType({ description: "The credit notes of a refund, and the account after it." })
export class RefundBalancePayload {
  @Field(() => [BillingDocument], {
    description: "The credit notes on the deposit invoices, one for each VAT treatment.",
  })
  documents: BillingDocument[];
  @Field(() => Account, { description: "The account after the operation." }) account: Account;
}

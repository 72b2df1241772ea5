import { Field, ID, InputType, ObjectType } from "type-graphql";
import type { BillingMode as Mode } from "../ledger";
import { Account, BillingMode } from "../ledger/account.types";
import { Cents, DateTime } from "../platform/graphql/scalars";

@InputType({ description: "As it stands on the bank's statement." })
export class BankTransferInput {
  @Field(() => ID) supplierId: string;
  @Field(() => Cents) amountInclVatCents: number;
  @Field(() => String, { description: "The day the bank received it, YYYY-MM-DD." }) receivedOn: string;
  @Field(() => String, { description: "The bank's own reference; each is recorded once." })
  bankReference: string;
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
export class PriceInput {
  @Field(() => ID) product: string;
  @Field(() => Cents, { description: "The lowest price per lead, excluding VAT." }) floorCents: number;
  @Field(() => DateTime, { nullable: true, description: "From when on; now if left out, never before." })
  since?: Date | null;
}

@ObjectType({ description: "The lowest price of a product's leads, until a later one takes over." })
export class PriceFloor {
  @Field(() => ID) product: string;
  @Field(() => Cents, { description: "Excluding VAT." }) floorCents: number;
  @Field(() => DateTime) since: Date;
}

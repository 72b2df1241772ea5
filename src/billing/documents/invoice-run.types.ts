import { Field, ID, Int, ObjectType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";

@ObjectType({ description: "What would be issued to a supplier." })
export class InvoicePreview {
  @Field(() => ID) supplierId: string;
  @Field(() => Int) leads: number;
  @Field(() => Cents, { description: "Charged, excluding VAT." }) netCents: number;
  @Field(() => Cents, { description: "Given back, excluding VAT." }) creditedNetCents: number;
}

@ObjectType()
export class InvoiceRunFailure {
  @Field(() => ID) supplierId: string;
  @Field(() => String) reason: string;
}

@ObjectType({ description: "The invoicing of a month, and how far it has come." })
export class InvoiceRun {
  @Field(() => ID) id: string;
  @Field(() => String, { description: "YYYY-MM" }) month: string;
  @Field(() => DateTime) requestedAt: Date;
  @Field(() => Int, { description: "How many suppliers it began with." }) suppliers: number;
  @Field(() => Int, { description: "How many it is through with." }) done: number;
  @Field(() => Int, { description: "How many documents it issued." }) documents: number;
  @Field(() => [InvoiceRunFailure], { description: "Nothing of these was written." })
  failed: readonly InvoiceRunFailure[];
  @Field(() => DateTime, { nullable: true }) endedAt: Date | null;
}

import { Field, ID, Int, ObjectType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";

@ObjectType({ description: "What would be invoiced and credited to a supplier." })
export class InvoicePreview {
  @Field(() => ID) supplierId: string;
  @Field(() => Int) leads: number;
  @Field(() => Cents, { description: "Charged, excluding VAT." }) netCents: number;
  @Field(() => Cents, { description: "Credited, excluding VAT." }) creditedNetCents: number;
}

@ObjectType()
export class InvoiceRunFailure {
  @Field(() => ID) supplierId: string;
  @Field(() => String) reason: string;
}

@ObjectType({ description: "A run that invoices a month, and its progress." })
export class InvoiceRun {
  @Field(() => ID) id: string;
  @Field(() => String, { description: "YYYY-MM" }) month: string;
  @Field(() => DateTime) requestedAt: Date;
  @Field(() => Int, { description: "Number of suppliers when the run started." }) suppliers: number;
  @Field(() => Int, { description: "Number of suppliers processed so far." }) done: number;
  @Field(() => Int, { description: "Number of documents issued so far." }) documents: number;
  @Field(() => [InvoiceRunFailure], { description: "Suppliers for which nothing was issued, and why." })
  failed: readonly InvoiceRunFailure[];
  @Field(() => DateTime, { nullable: true }) endedAt: Date | null;
}

import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Month } from "../../platform/graphql/dates";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { InvoiceRunView } from "./invoice-run-view";

@ObjectType({ description: "What would be invoiced and credited to a supplier." })
export class InvoicePreview {
  @Field(() => ID, { description: "Id of the supplier." }) supplierId: string;
  @Field(() => Int, { description: "Number of leads that would be charged." }) leads: number;
  @Field(() => Cents, { description: "What would be charged, excluding VAT, in euro cents." })
  netCents: number;
  @Field(() => Cents, { description: "What would be credited, excluding VAT, in euro cents." })
  creditedNetCents: number;
}

export const InvoicePreviewConnection = connectionType(InvoicePreview, "InvoicePreview");

export const InvoiceRunStatus = { RUNNING: "RUNNING", ENDED: "ENDED" } as const;
registerEnumType(InvoiceRunStatus, {
  name: "InvoiceRunStatus",
  description: "Where an invoice run stands.",
  valuesConfig: {
    RUNNING: { description: "In progress, or waiting for a server to continue it." },
    ENDED: { description: "Every supplier was processed; `failed` lists those without documents." },
  },
});

@ObjectType({ description: "A supplier for which an invoice run could issue nothing." })
export class InvoiceRunFailure {
  @Field(() => ID, { description: "Id of the supplier." }) supplierId: string;
  @Field(() => String, { description: "Why, in English. For people to read, not for programs to compare." })
  reason: string;
}

@ObjectType({ description: "A run that invoices a month, and its progress." })
export class InvoiceRun {
  @Field(() => ID, { description: "The run's id, a UUID." }) id: string;
  @Field(() => Month, { description: "The month that is invoiced, in Paris time." }) month: string;
  @Field(() => InvoiceRunStatus, { description: "Where the run stands." })
  status: keyof typeof InvoiceRunStatus;
  @Field(() => DateTime, { description: "When the run was requested." }) requestedAt: Date;
  @Field(() => Int, { description: "Number of suppliers when the run started." }) suppliers: number;
  @Field(() => Int, { description: "Number of suppliers processed so far." }) done: number;
  @Field(() => Int, { description: "Number of documents issued so far." }) documents: number;
  @Field(() => [InvoiceRunFailure], { description: "Suppliers for which nothing was issued, and why." })
  failed: readonly InvoiceRunFailure[];
  @Field(() => DateTime, { nullable: true, description: "When the run ended; null while it is running." })
  endedAt: Date | null;
}

export const toInvoiceRun = (view: InvoiceRunView): InvoiceRun => ({
  ...view,
  status: view.endedAt === null ? "RUNNING" : "ENDED",
});

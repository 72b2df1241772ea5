import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Cents, DateTime } from "../platform/graphql/scalars";
import type { MethodKind } from "./collector";
import type { PaymentStatus as Status } from "./payment-state";

export const PaymentMethodKind = { CARD: "CARD", SEPA_DEBIT: "SEPA_DEBIT" } as const satisfies Record<
  MethodKind,
  MethodKind
>;
registerEnumType(PaymentMethodKind, { name: "PaymentMethodKind" });

export const PaymentStatus = {
  CREATED: "CREATED",
  REQUIRES_ACTION: "REQUIRES_ACTION",
  PROCESSING: "PROCESSING",
  FAILED: "FAILED",
  SUCCEEDED: "SUCCEEDED",
  CANCELED: "CANCELED",
} as const satisfies Record<Status, Status>;
registerEnumType(PaymentStatus, {
  name: "PaymentStatus",
  valuesConfig: {
    CREATED: { description: "Asked for; Stripe has not answered yet. It is never charged twice." },
    PROCESSING: { description: "A debit takes some days." },
    REQUIRES_ACTION: { description: "The bank wants its customer to confirm." },
  },
});

@ObjectType({ description: "Money that Stripe collects." })
export class Payment {
  @Field(() => ID) id: string;
  @Field(() => ID) supplierId: string;
  @Field(() => ID, { nullable: true, description: "The invoice that it pays; null: a top-up." })
  documentId: string | null;
  @Field(() => Cents) amountInclVatCents: number;
  @Field(() => PaymentStatus) status: Status;
  @Field(() => String, { nullable: true, description: "Stripe's code of why it failed." })
  failure: string | null;
  @Field(() => DateTime) requestedAt: Date;
}

@InputType({ description: "Whenever the balance is below, so much is paid in by the card or mandate." })
export class TopUpRuleInput {
  @Field(() => Cents, { description: "Excluding VAT, as the balance." }) belowCents: number;
  @Field(() => Cents) amountInclVatCents: number;
}

import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { MethodKind } from "./collector";
import type { PaymentStatus as Status } from "./payment-state";
import type { RefundStatus as OfRefund } from "./refund-state";

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

export const RefundStatus = {
  CREATED: "CREATED",
  PENDING: "PENDING",
  SUCCEEDED: "SUCCEEDED",
  FAILED: "FAILED",
  CANCELED: "CANCELED",
} as const satisfies Record<OfRefund, OfRefund>;
registerEnumType(RefundStatus, {
  name: "RefundStatus",
  valuesConfig: {
    CREATED: { description: "Asked for; Stripe has not answered yet. It is never paid twice." },
    FAILED: { description: "The money came back, and is on the balance again." },
  },
});

@ObjectType({ description: "What of a payment goes back to the card or account that it came from." })
export class PaymentRefund {
  @Field(() => ID) id: string;
  @Field(() => ID) paymentId: string;
  @Field(() => ID, { description: "The credit note." }) documentId: string;
  @Field(() => Cents) amountInclVatCents: number;
  @Field(() => RefundStatus) status: OfRefund;
  @Field(() => String, { nullable: true, description: "Stripe's code of why it failed." })
  failure: string | null;
  @Field(() => DateTime) requestedAt: Date;
}

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
  @Field(() => [PaymentRefund], { description: "What of it was paid back, oldest first." })
  refunds: readonly PaymentRefund[];
}

@InputType({ description: "Whenever the balance is below, so much is paid in by the card or mandate." })
export class TopUpRuleInput {
  @Field(() => Cents, { description: "Excluding VAT, as the balance." }) belowCents: number;
  @Field(() => Cents) amountInclVatCents: number;
}

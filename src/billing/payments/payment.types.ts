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
    CREATED: { description: "Requested; Stripe has not answered yet. A payment is never charged twice." },
    PROCESSING: { description: "In progress at the bank; a direct debit takes some days." },
    REQUIRES_ACTION: { description: "The bank requires its customer to authenticate." },
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
    CREATED: { description: "Requested; Stripe has not answered yet. A refund is never paid twice." },
    FAILED: { description: "The refund failed and the money is on the balance again." },
  },
});

@ObjectType({
  description: "A refund of a payment, in full or in part, to the card or account it came from.",
})
export class PaymentRefund {
  @Field(() => ID) id: string;
  @Field(() => ID) paymentId: string;
  @Field(() => ID, { description: "The credit note." }) documentId: string;
  @Field(() => Cents) amountInclVatCents: number;
  @Field(() => RefundStatus) status: OfRefund;
  @Field(() => String, { nullable: true, description: "Stripe's failure code." })
  failure: string | null;
  @Field(() => DateTime) requestedAt: Date;
}

@ObjectType({ description: "A payment by card or direct debit, collected through Stripe." })
export class Payment {
  @Field(() => ID) id: string;
  @Field(() => ID) supplierId: string;
  @Field(() => ID, { nullable: true, description: "The invoice it pays; null for a top-up." })
  documentId: string | null;
  @Field(() => Cents) amountInclVatCents: number;
  @Field(() => PaymentStatus) status: Status;
  @Field(() => String, { nullable: true, description: "Stripe's failure code." })
  failure: string | null;
  @Field(() => DateTime) requestedAt: Date;
  @Field(() => [PaymentRefund], { description: "Refunds of this payment, oldest first." })
  refunds: readonly PaymentRefund[];
}

@InputType({
  description:
    "When the balance falls below `belowCents`, `amountInclVatCents` is paid in by the card or mandate.",
})
export class TopUpRuleInput {
  @Field(() => Cents, { description: "Excluding VAT, like the balance." }) belowCents: number;
  @Field(() => Cents) amountInclVatCents: number;
}

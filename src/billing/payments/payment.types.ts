import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Account } from "../../account/ledger/account.types";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import type { MethodKind } from "./collector";
import type { PaymentStatus as Status } from "./payment-state";
import type { RefundStatus as OfRefund } from "./refund-state";

export const PaymentMethodKind = { CARD: "CARD", SEPA_DEBIT: "SEPA_DEBIT" } as const satisfies Record<
  MethodKind,
  MethodKind
>;
registerEnumType(PaymentMethodKind, {
  name: "PaymentMethodKind",
  description: "What payments are collected by.",
  valuesConfig: {
    CARD: { description: "A credit or debit card." },
    SEPA_DEBIT: { description: "A SEPA direct debit mandate on a bank account. Payments take some days." },
  },
});

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
  description: "Where a payment stands. It only moves forward, and ends with the last three.",
  valuesConfig: {
    CREATED: { description: "Requested; Stripe has not answered yet. A payment is never charged twice." },
    PROCESSING: { description: "In progress at the bank; a direct debit takes some days." },
    REQUIRES_ACTION: { description: "The bank requires its customer to authenticate." },
    FAILED: { description: "Nothing was collected; `failure` says why. A new payment may be requested." },
    SUCCEEDED: { description: "The money was received and is booked on the account." },
    CANCELED: { description: "Canceled before anything was collected." },
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
  description: "Where a refund stands. It only moves forward; a bank may still return one that succeeded.",
  valuesConfig: {
    CREATED: { description: "Requested; Stripe has not answered yet. A refund is never paid twice." },
    PENDING: { description: "In progress at Stripe or the bank." },
    SUCCEEDED: { description: "The money is on its way to the card or account." },
    FAILED: { description: "The refund failed and the money is on the balance again." },
    CANCELED: { description: "The refund was canceled and the money is on the balance again." },
  },
});

@ObjectType({
  description: "A refund of a payment, in full or in part, to the card or account it came from.",
})
export class PaymentRefund {
  @Field(() => ID, { description: "The refund's id, a UUID." }) id: string;
  @Field(() => ID, { description: "Id of the payment that is refunded." }) paymentId: string;
  @Field(() => ID, { description: "Id of the credit note." }) documentId: string;
  @Field(() => Cents, { description: "Including VAT, in euro cents; at least 1." })
  amountInclVatCents: number;
  @Field(() => RefundStatus, { description: "Where the refund stands." }) status: OfRefund;
  @Field(() => String, {
    nullable: true,
    description: "Stripe's failure code, such as `expired_or_canceled_card`; null unless the refund failed.",
  })
  failure: string | null;
  @Field(() => DateTime, { description: "When the refund was requested." }) requestedAt: Date;
}

@ObjectType({ description: "A payment by card or direct debit, collected through Stripe." })
export class Payment {
  @Field(() => ID, { description: "The payment's id, a UUID." }) id: string;
  @Field(() => ID, { description: "Id of the supplier that pays." }) supplierId: string;
  @Field(() => ID, { nullable: true, description: "Id of the invoice it pays; null for a top-up." })
  documentId: string | null;
  @Field(() => Cents, { description: "Including VAT, in euro cents; at least 1." })
  amountInclVatCents: number;
  @Field(() => PaymentStatus, { description: "Where the payment stands." }) status: Status;
  @Field(() => String, {
    nullable: true,
    description: "Stripe's failure code, such as `insufficient_funds`; null unless the payment failed.",
  })
  failure: string | null;
  @Field(() => DateTime, { description: "When the payment was requested." }) requestedAt: Date;
  @Field(() => [PaymentRefund], { description: "Refunds of this payment, oldest first; empty if none." })
  refunds: readonly PaymentRefund[];
}

export const PaymentConnection = connectionType(Payment, "Payment");

@InputType({ description: "Which payments to list. Without a field: all of them." })
export class PaymentFilter {
  @Field(() => ID, {
    nullable: true,
    description: "Only payments of this supplier. A supplier sees only its own in any case.",
  })
  supplierId?: string | null;
  @Field(() => PaymentStatus, { nullable: true, description: "Only payments that stand there." })
  status?: Status | null;
}

@ObjectType({ description: "A set-up of a card or mandate that the browser completes with Stripe." })
export class SetUpPaymentPayload {
  @Field(() => String, {
    description:
      "The client secret of the set-up. Pass it to Stripe's form in the browser, which sends the card or mandate to Stripe only.",
  })
  clientSecret: string;
}

@ObjectType({ description: "The refunds of one request, and the account after it." })
export class RefundPaymentsPayload {
  @Field(() => [PaymentRefund], {
    description: "One refund for each payment and credit note that the money came from; at least one.",
  })
  refunds: readonly PaymentRefund[];
  @Field(() => Account, { description: "The supplier's account after the request." }) account: Account;
}

@ObjectType({
  description: "When the balance falls below `belowCents`, `amountInclVatCents` is paid in by card or debit.",
})
export class TopUpRule {
  @Field(() => Cents, {
    description: "The balance below which money is paid in, excluding VAT like the balance. In euro cents.",
  })
  belowCents: number;
  @Field(() => Cents, { description: "How much is paid in each time, including VAT. In euro cents." })
  amountInclVatCents: number;
}

@InputType({
  description: "An amount that is absent keeps its value. Both are required when there is no rule yet.",
})
export class UpdateTopUpRuleInput {
  @Field(() => Cents, {
    nullable: true,
    description:
      "The balance below which money is paid in, excluding VAT: 1000 to 100000000 euro cents. It has no default, so null is refused.",
  })
  belowCents?: number | null;
  @Field(() => Cents, {
    nullable: true,
    description:
      "How much is paid in each time, including VAT: 1000 to 100000000 euro cents. It has no default, so null is refused.",
  })
  amountInclVatCents?: number | null;
}

@InputType({ description: "Changes automatic top-ups. A field that is absent keeps its value." })
export class UpdateAutomaticTopUpInput {
  @Field(() => UpdateTopUpRuleInput, {
    nullable: true,
    description: "When how much is paid in. Null switches automatic top-ups off.",
  })
  rule?: UpdateTopUpRuleInput | null;
}

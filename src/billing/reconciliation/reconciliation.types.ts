import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Month } from "../../platform/graphql/dates";
import { Cents } from "../../platform/graphql/scalars";
import type { Words } from "../../shared/language";
import type { ComparisonName as Name, DifferenceKind as Kind } from "./reconciliation-view";

export const DifferenceKind = {
  MISSING_LEFT: "MISSING_LEFT",
  MISSING_RIGHT: "MISSING_RIGHT",
  DIFFERS: "DIFFERS",
} as const satisfies Record<Kind, Kind>;
registerEnumType(DifferenceKind, {
  name: "DifferenceKind",
  description: "How the two sides of a comparison differ in one subject.",
  valuesConfig: {
    MISSING_LEFT: { description: "The left side has nothing." },
    MISSING_RIGHT: { description: "The right side has nothing." },
    DIFFERS: { description: "Both sides have it, with different amounts." },
  },
});

export const ComparisonName = {
  LEADS_AND_CHARGES: "LEADS_AND_CHARGES",
  CHARGES_AND_DOCUMENTS: "CHARGES_AND_DOCUMENTS",
  DOCUMENTS_AND_ENTRIES: "DOCUMENTS_AND_ENTRIES",
  PAYMENTS_AND_STRIPE: "PAYMENTS_AND_STRIPE",
  REFUNDS_AND_STRIPE: "REFUNDS_AND_STRIPE",
  DISPUTES_AND_STRIPE: "DISPUTES_AND_STRIPE",
  PAYOUTS_AND_ENTRIES: "PAYOUTS_AND_ENTRIES",
  PAYOUTS_AND_PARTS: "PAYOUTS_AND_PARTS",
  PAYOUTS_AND_BANK: "PAYOUTS_AND_BANK",
  TRANSFERS_AND_BANK: "TRANSFERS_AND_BANK",
  REFUNDS_AND_BANK: "REFUNDS_AND_BANK",
  BANK_AND_ENTRIES: "BANK_AND_ENTRIES",
} as const satisfies Record<Name, Name>;
registerEnumType(ComparisonName, {
  name: "ComparisonName",
  description: "What a comparison sets side by side: the left side first, then the right.",
  valuesConfig: {
    LEADS_AND_CHARGES: { description: "Leads delivered, and the charges posted for them." },
    CHARGES_AND_DOCUMENTS: {
      description: "Charges of leads that were not credited, and those that are on a document.",
    },
    DOCUMENTS_AND_ENTRIES: { description: "Documents issued, and their entries in the sales journal." },
    PAYMENTS_AND_STRIPE: { description: "Payments by card and debit, and charges in Stripe's payouts." },
    REFUNDS_AND_STRIPE: {
      description: "Refunds to cards and accounts, and refunds deducted from Stripe's payouts.",
    },
    DISPUTES_AND_STRIPE: {
      description: "Disputes that were lost, and disputes deducted from Stripe's payouts.",
    },
    PAYOUTS_AND_ENTRIES: {
      description: "Payouts with their fees, and the bank and fee lines of their entries.",
    },
    PAYOUTS_AND_PARTS: { description: "Payouts, and the sum of what Stripe says is in them." },
    PAYOUTS_AND_BANK: { description: "Payouts, and lines of the bank statement." },
    TRANSFERS_AND_BANK: { description: "Transfers recorded, and incoming lines of the bank statement." },
    REFUNDS_AND_BANK: {
      description: "Balances refunded by transfer, and outgoing lines of the bank statement.",
    },
    BANK_AND_ENTRIES: {
      description: "Lines of the bank statement, and what account 512 was moved by, by the bank's reference.",
    },
  },
});

@ObjectType({
  description:
    "Something that does not match. `booked(subject)` returns everything the books contain about it.",
})
export class Difference {
  @Field(() => DifferenceKind, { description: "Which side lacks it, or that the amounts differ." })
  kind: Kind;
  @Field(() => String, {
    description: "The id of a lead, document, payment or payout, or the bank's reference.",
  })
  subject: string;
  @Field(() => Cents, { description: "The amount on the left side; 0 where that side has nothing." })
  leftCents: number;
  @Field(() => Cents, { description: "The amount on the right side; 0 where that side has nothing." })
  rightCents: number;
}

@ObjectType({ description: "Two sides that should match, subject by subject." })
export class Comparison {
  /** Not exposed by the API: see `left` and `right`. */
  words: { readonly left: Words; readonly right: Words };
  @Field(() => ComparisonName, { description: "What is compared." }) name: Name;
  @Field(() => Int, { description: "How many subjects have the same amount on both sides." })
  matched: number;
  @Field(() => Cents, { description: "The sum of the amounts that are the same on both sides." })
  matchedCents: number;
  @Field(() => Int, { description: "How many subjects differ." }) differing: number;
  @Field(() => [Difference], { description: "The first 100 that differ, by subject." })
  differences: readonly Difference[];
}

@ObjectType({
  description:
    "A month compared step by step, from the leads to the bank: what matches is counted, and what does not is listed.",
})
export class Reconciliation {
  @Field(() => Month, { description: "The month that was compared." }) month: string;
  @Field(() => Boolean, { description: "Whether the month is locked, so that no entry can be dated in it." })
  locked: boolean;
  @Field(() => [Comparison], { description: "In the order in which money travels." })
  comparisons: readonly Comparison[];
  @Field(() => Cents, {
    description:
      "Balance of the suspense account (471) over all time: money not assigned yet; negative for outgoing money.",
  })
  suspenseCents: number;
  @Field(() => Cents, {
    description:
      "Balance of what awaits the bank's statement (580) over all time: transfers and refunds recorded by hand, and payouts of Stripe, whose line has not been imported.",
  })
  transitCents: number;
}

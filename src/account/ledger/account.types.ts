import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../../platform/graphql/connection";
import { Cents, DateTime } from "../../platform/graphql/scalars";
import { availableCents, type BillingMode as Mode } from "./account";
import { chart, type AccountCode } from "./chart";
import type { CauseKind, PostingKind as Kind } from "./postings";
import { vatOn, vatRatesBasisPoints } from "./vat";
import type { AccountView, PostingView } from "./statement";

export const BillingMode = { PREPAID: "PREPAID", POSTPAID: "POSTPAID", SANDBOX: "SANDBOX" } as const;
registerEnumType(BillingMode, {
  name: "BillingMode",
  description: "PREPAID spends what was paid in; POSTPAID spends up to a credit limit and is invoiced.",
  valuesConfig: {
    SANDBOX: { description: "Of a sandbox: nothing is charged and the balance stays 0. Never asked for." },
  },
});

export const PostingKind = {
  CHARGE: "CHARGE",
  CREDIT: "CREDIT",
  BANK_TRANSFER: "BANK_TRANSFER",
  BANK_TRANSFER_VAT: "BANK_TRANSFER_VAT",
  CARD_PAYMENT: "CARD_PAYMENT",
  CARD_PAYMENT_VAT: "CARD_PAYMENT_VAT",
  PAYMENT_LOST: "PAYMENT_LOST",
  REFUND: "REFUND",
  WRITE_OFF: "WRITE_OFF",
  LATE_FEES: "LATE_FEES",
} as const;
registerEnumType(PostingKind, {
  name: "PostingKind",
  description: "…_VAT is the VAT in a payment: it goes to the state and not to your balance.",
  valuesConfig: {
    PAYMENT_LOST: { description: "A payment was taken back: what it gave is owed again." },
    REFUND: { description: "What was paid in and not spent was paid back." },
    LATE_FEES: { description: "An invoice was late: €40 and interest. Without VAT." },
    WRITE_OFF: { description: "What was owed is not asked for any more." },
  },
});

@ObjectType({ description: "What an account of the chart of accounts is called." })
export class LedgerAccountLabel {
  @Field(() => String) fr: string;
  @Field(() => String) en: string;
}

@ObjectType({ description: "Money from one account to another. Never changed, never deleted." })
export class Posting {
  @Field(() => ID) id: string;
  @Field(() => Int, { description: "Counts up on your account, without a gap." }) number: number;
  @Field(() => DateTime) at: Date;
  @Field(() => PostingKind) kind: Kind;
  @Field(() => String, { description: "Number on the French chart of accounts." }) debitAccount: string;
  @Field(() => LedgerAccountLabel) debitLabel: LedgerAccountLabel;
  @Field(() => String, { description: "Number on the French chart of accounts." }) creditAccount: string;
  @Field(() => LedgerAccountLabel) creditLabel: LedgerAccountLabel;
  @Field(() => Cents, { description: "Excluding VAT; of BANK_TRANSFER_VAT the VAT itself." })
  amountCents: number;
  @Field(() => ID, { nullable: true, description: "The lead that was charged or credited." })
  leadId: string | null;
  /** What caused it; not shown. */
  causeKind: CauseKind;
  causeId: string;
}

export const PostingConnection = connectionType(Posting, "Posting");

@ObjectType({ description: "One accounting month, on the clock of Paris, excluding VAT." })
export class Statement {
  @Field(() => String, { description: "YYYY-MM" }) month: string;
  @Field(() => Cents) openingBalanceCents: number;
  @Field(() => Cents, { description: "Leads charged." }) chargesCents: number;
  @Field(() => Cents, { description: "Charges given back." }) creditsCents: number;
  @Field(() => Cents, { description: "Paid in, by transfer, card or debit." }) transfersCents: number;
  @Field(() => Cents, {
    description: "Refunds, payments taken back, write-offs and late fees: what they did to the balance.",
  })
  otherCents: number;
  @Field(() => Cents, { description: "Opening less charges, plus credits, transfers and the rest." })
  closingBalanceCents: number;
  @Field(() => Int, { description: "How many leads were charged." }) leadCount: number;
  @Field(() => Cents, { description: "Leads charged, with the VAT that each was charged under." })
  chargesInclVatCents: number;
  @Field(() => Cents, { description: "Charges given back, with theirs." }) creditsInclVatCents: number;
}

@ObjectType({
  description: "Where you stand, in euro cents excluding VAT. The sum of the postings says the same.",
})
export class Account {
  /** Whose it is; not shown. */
  supplierId: string;
  @Field(() => BillingMode) mode: Mode;
  @Field(() => Cents) balanceCents: number;
  @Field(() => Cents, {
    description:
      "What can be spent right now: balance, or credit limit less what is owed, within what is left of the month's limit.",
  })
  availableCents: number;
  @Field(() => Cents, { description: "0 on a prepaid account." }) creditLimitCents: number;
  @Field(() => Int, { description: "VAT on a lead that is charged now: 2000 is 20 %." })
  vatRateBasisPoints: number;
  @Field(() => Cents, { description: "The balance with that VAT on it." }) balanceInclVatCents: number;
  @Field(() => Cents, { description: "What can be spent right now, with that VAT on it." })
  availableInclVatCents: number;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "Since when no lead comes because an invoice is overdue by a month; null: it is not suspended.",
  })
  suspendedAt: Date | null;
  @Field(() => Cents, {
    nullable: true,
    description: "Below this balance `AccountNotice` says so on your feed.",
  })
  alertBelowCents: number | null;
  @Field(() => Cents, {
    nullable: true,
    description: "At most so much is charged in a month of Paris, over all campaigns; null: no limit.",
  })
  spendCapCents: number | null;
  @Field(() => Cents, { nullable: true, description: "What is left of it this month." })
  spendLeftCents: number | null;
}

export function toAccount(account: AccountView): Account {
  const { vatTreatment, balanceCents } = account;
  const available = availableCents(account);
  return {
    ...account,
    availableCents: available,
    vatRateBasisPoints: vatRatesBasisPoints[vatTreatment],
    balanceInclVatCents: balanceCents + vatOn(balanceCents, vatTreatment),
    availableInclVatCents: available + vatOn(available, vatTreatment),
  };
}

export function toPosting(posting: PostingView): Posting {
  const { supplierId, number, at, kind, debit, credit, amountCents, causeKind, causeId } = posting;
  return {
    id: `${supplierId}-${String(number)}`,
    number,
    at,
    kind,
    debitAccount: debit,
    debitLabel: labelOf(debit),
    creditAccount: credit,
    creditLabel: labelOf(credit),
    amountCents,
    leadId: causeKind === "DELIVERY" ? causeId : null,
    causeKind,
    causeId,
  };
}

const labelOf = (code: AccountCode): LedgerAccountLabel => ({ fr: chart[code].FR, en: chart[code].EN });

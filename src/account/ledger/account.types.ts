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
  description: "How a supplier pays for leads.",
  valuesConfig: {
    PREPAID: { description: "It spends money paid in advance." },
    POSTPAID: { description: "It spends up to a credit limit and is invoiced." },
    SANDBOX: {
      description: "The mode of sandboxes: nothing is charged and the balance stays 0. It cannot be set.",
    },
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
  description:
    "A kind ending in _VAT is the VAT part of a payment: it is owed to the state and does not increase your balance.",
  valuesConfig: {
    CHARGE: { description: "A lead was charged." },
    CREDIT: { description: "The charge of a lead was credited." },
    BANK_TRANSFER: { description: "A bank transfer was received, less VAT." },
    BANK_TRANSFER_VAT: { description: "The VAT part of a bank transfer." },
    CARD_PAYMENT: { description: "A payment by card or direct debit was received, less VAT." },
    CARD_PAYMENT_VAT: { description: "The VAT part of a payment by card or direct debit." },
    PAYMENT_LOST: { description: "A payment was charged back or corrected; the amount is owed again." },
    REFUND: { description: "Unspent money was refunded." },
    LATE_FEES: { description: "The €40 compensation and the interest on an invoice paid late. No VAT." },
    WRITE_OFF: { description: "A debt was written off and is no longer claimed." },
  },
});

@ObjectType({ description: "The name of an account in the chart of accounts." })
export class LedgerAccountLabel {
  @Field(() => String, {
    description: "The name in French.",
    deprecationReason: "Use `text(language: FR)`. Withdrawn after 2028-01-31.",
  })
  fr: string;
  @Field(() => String, {
    description: "The name in English.",
    deprecationReason: "Use `text(language: EN)`. Withdrawn after 2028-01-31.",
  })
  en: string;
}

@ObjectType({
  description:
    "A posting of the subledger: an amount moved from one account to another. Postings are never changed or deleted.",
})
export class Posting {
  @Field(() => ID, { description: "The id of the posting." }) id: string;
  @Field(() => Int, { description: "Sequence number on your account, without gaps." }) number: number;
  @Field(() => DateTime, { description: "When it was posted." }) at: Date;
  @Field(() => PostingKind, { description: "What happened." }) kind: Kind;
  @Field(() => String, { description: "Account number in the French chart of accounts." })
  debitAccount: string;
  @Field(() => LedgerAccountLabel, { description: "The name of the debited account." })
  debitLabel: LedgerAccountLabel;
  @Field(() => String, { description: "Account number in the French chart of accounts." })
  creditAccount: string;
  @Field(() => LedgerAccountLabel, { description: "The name of the credited account." })
  creditLabel: LedgerAccountLabel;
  @Field(() => Cents, { description: "Excluding VAT; for kinds ending in _VAT, the VAT itself." })
  amountCents: number;
  @Field(() => ID, {
    nullable: true,
    description:
      "The lead that was charged or credited; null for other postings. A supplier reads it with `lead`; staff who read postings do not see leads.",
  })
  leadId: string | null;
  /** What caused the posting; not exposed by the API. */
  causeKind: CauseKind;
  causeId: string;
}

export const PostingConnection = connectionType(Posting, "Posting");

@ObjectType({ description: "Your account over one accounting month (Paris time), excluding VAT." })
export class Statement {
  @Field(() => String, { description: "The month, YYYY-MM." }) month: string;
  @Field(() => Cents, { description: "The balance when the month began." }) openingBalanceCents: number;
  @Field(() => Cents, { description: "Leads charged." }) chargesCents: number;
  @Field(() => Cents, { description: "Charges credited." }) creditsCents: number;
  @Field(() => Cents, { description: "Payments received by bank transfer, card or direct debit." })
  transfersCents: number;
  @Field(() => Cents, {
    description: "Net effect on the balance of refunds, reversed payments, write-offs and late fees.",
  })
  otherCents: number;
  @Field(() => Cents, {
    description: "Opening balance less charges, plus credits, transfers and other movements.",
  })
  closingBalanceCents: number;
  @Field(() => Int, { description: "Number of leads charged." }) leadCount: number;
  @Field(() => Cents, { description: "Leads charged, including the VAT that applied to each." })
  chargesInclVatCents: number;
  @Field(() => Cents, { description: "Charges credited, including the VAT of the original charge." })
  creditsInclVatCents: number;
}

@ObjectType({
  description: "Your account, in euro cents excluding VAT. The balance equals the sum of the postings.",
})
export class Account {
  /** Owner of the account; not exposed by the API. */
  supplierId: string;
  @Field(() => BillingMode, { description: "How you pay for leads." }) mode: Mode;
  @Field(() => Cents, { description: "What you have paid in and not spent; negative when you owe money." })
  balanceCents: number;
  @Field(() => Cents, {
    description:
      "What can be spent right now: the balance, or the credit limit less what is owed, capped by what is left of the monthly limit.",
  })
  availableCents: number;
  @Field(() => Cents, { description: "Always 0 on a prepaid account." }) creditLimitCents: number;
  @Field(() => Int, { description: "VAT rate of a lead charged now, in basis points: 2000 is 20 %." })
  vatRateBasisPoints: number;
  @Field(() => Cents, { description: "The balance plus VAT at that rate." }) balanceInclVatCents: number;
  @Field(() => Cents, { description: "What can be spent right now, plus VAT at that rate." })
  availableInclVatCents: number;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the account was suspended because an invoice is overdue by a month: no leads are sold to it. Null when it is not suspended.",
  })
  suspendedAt: Date | null;
  @Field(() => Cents, {
    nullable: true,
    description:
      "When the balance falls below this amount, your feed receives an `AccountNotice`; null: no alert.",
  })
  alertBelowCents: number | null;
  @Field(() => Cents, {
    nullable: true,
    description: "The most that can be charged per month (Paris time) over all campaigns; null: no limit.",
  })
  spendCapCents: number | null;
  @Field(() => Cents, {
    nullable: true,
    description: "What is left of `spendCapCents` this month; null without a limit.",
  })
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

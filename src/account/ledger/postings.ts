/**
 * What a business event does to the accounts. A posting names both its ends, so an unbalanced one
 * cannot be written; a mistake is undone by a posting the other way, never by a change.
 *
 * Whether a supplier can afford a charge is not asked here: that is decided before, under the lock.
 */
import type { BillingMode } from "./account";
import { supplierAccounts, type AccountCode } from "./chart";
import type { VatTreatment } from "./vat";

export type PostingKind =
  | "CHARGE"
  | "CREDIT"
  | "BANK_TRANSFER"
  | "BANK_TRANSFER_VAT"
  | "CARD_PAYMENT"
  | "CARD_PAYMENT_VAT"
  | "PAYMENT_LOST"
  | "REFUND"
  | "WRITE_OFF"
  | "LATE_FEES";
export type CauseKind =
  "DELIVERY" | "BANK_TRANSFER" | "BANK_LINE" | "STRIPE_PAYMENT" | "STRIPE_DISPUTE" | "DOCUMENT";

/** Money from one account to another, excluding VAT unless the kind says VAT. */
export interface Movement {
  readonly kind: PostingKind;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amountCents: number;
}

/** A movement with the one thing that caused it. The same cause never posts the same kind twice. */
export interface Posting extends Movement {
  readonly causeKind: CauseKind;
  readonly causeId: string;
  readonly at: Date;
  /** Of the account as it stands, if it is left out. A credit takes its charge's. */
  readonly vat?: VatTreatment;
}

/** An amount that includes VAT, and what it is made of. */
export interface Split {
  readonly netCents: number;
  readonly vatCents: number;
}

type Billed = Readonly<Record<Exclude<BillingMode, "SANDBOX">, AccountCode>>;
const spentFrom: Billed = { PREPAID: "4191", POSTPAID: "4181" };
const paidInto: Billed = { PREPAID: "4191", POSTPAID: "411" };
/** Where money arrives. */
const received = { BANK_TRANSFER: "512", CARD_PAYMENT: "5115" } as const;
export type PaymentKind = keyof typeof received;
/** More than any payment, and still far from where whole numbers end. */
export const maxTransferCents = 100_000_000_000;

/** A lead was delivered. */
export const chargeOf = (mode: BillingMode, priceCents: number): Movement => ({
  kind: "CHARGE",
  debit: accountOf(spentFrom, mode),
  credit: "706",
  amountCents: positive(priceCents),
});

/** A charge is given back, whole or in part. */
export const creditOf = (mode: BillingMode, amountCents: number): Movement => ({
  kind: "CREDIT",
  debit: "709",
  credit: accountOf(spentFrom, mode),
  amountCents: positive(amountCents),
});

/** A supplier paid, VAT included: its balance gets the net, the state its VAT. A leg of zero is not written. */
export function paymentOf(mode: BillingMode, kind: PaymentKind, { netCents, vatCents }: Split): Movement[] {
  const debit = received[kind];
  const legs: Movement[] = [
    { kind, debit, credit: accountOf(paidInto, mode), amountCents: netCents },
    { kind: `${kind}_VAT`, debit, credit: "44571", amountCents: vatCents },
  ];
  return legs.filter((leg) => leg.amountCents > 0);
}

/** A payment was taken back by who made it: what it gave is owed again. */
export const lostPaymentOf = (mode: BillingMode, netCents: number): Movement => ({
  kind: "PAYMENT_LOST",
  debit: accountOf(paidInto, mode),
  credit: "471",
  amountCents: positive(netCents),
});

/** What was paid in and not spent goes back. */
export const refundOf = (mode: BillingMode, netCents: number, from: PaymentKind): Movement => ({
  kind: "REFUND",
  debit: accountOf(paidInto, mode),
  credit: received[from],
  amountCents: positive(netCents),
});

/** What is owed will not be paid, and is not asked for any more. */
export const writeOffOf = (mode: BillingMode, netCents: number): Movement => ({
  kind: "WRITE_OFF",
  debit: "654",
  credit: accountOf(paidInto, mode),
  amountCents: positive(netCents),
});

/** An invoice was paid late, or not: the compensation and the interest of the law. */
export const lateFeesOf = (mode: BillingMode, amountCents: number): Movement => ({
  kind: "LATE_FEES",
  debit: accountOf(paidInto, mode),
  credit: "758",
  amountCents: positive(amountCents),
});

/** What a posting does to the supplier's balance: credits less debits on the supplier's accounts. */
export function balanceEffect(posting: Pick<Movement, "debit" | "credit" | "amountCents">): number {
  const credited = supplierAccounts.has(posting.credit) ? posting.amountCents : 0;
  const debited = supplierAccounts.has(posting.debit) ? posting.amountCents : 0;
  return credited - debited;
}

function accountOf(accounts: Billed, mode: BillingMode): AccountCode {
  if (mode === "SANDBOX") throw new RangeError("Nothing is ever posted for a sandbox.");
  return accounts[mode];
}

function positive(cents: number): number {
  if (!Number.isSafeInteger(cents) || cents <= 0) {
    throw new RangeError("A posting moves a whole, positive number of cents.");
  }
  return cents;
}

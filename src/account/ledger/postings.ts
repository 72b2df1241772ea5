/**
 * The subledger: which accounts a business event debits and credits. A posting has exactly one debit and one
 * credit account, so it always balances; a mistake is corrected by an opposite posting, never by an update.
 *
 * Whether a supplier can afford a charge is not checked here but before, while its account is locked.
 */
import type { BillingMode } from "./account";
import { supplierAccounts, type AccountCode } from "./chart";
import type { VatTreatment } from "./vat-regimes";

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

/** An amount debited to one account and credited to another, excluding VAT unless the kind ends in _VAT. */
export interface Movement {
  readonly kind: PostingKind;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amountCents: number;
}

/** A movement with its cause. The same cause never posts the same kind twice. */
export interface Posting extends Movement {
  readonly causeKind: CauseKind;
  readonly causeId: string;
  readonly at: Date;
  /** Defaults to the account's current treatment. A credit takes the treatment of its charge. */
  readonly vat?: VatTreatment;
}

/** The net and VAT parts of an amount including VAT. */
export interface Split {
  readonly netCents: number;
  readonly vatCents: number;
}

type Billed = Readonly<Record<Exclude<BillingMode, "SANDBOX">, AccountCode>>;
const spentFrom: Billed = { PREPAID: "4191", POSTPAID: "4181" };
const paidInto: Billed = { PREPAID: "4191", POSTPAID: "411" };
/** Cash account by payment method. */
const received = { BANK_TRANSFER: "512", CARD_PAYMENT: "5115" } as const;
export type PaymentKind = keyof typeof received;
/** Well above any real payment, and well below the largest safe integer. */
export const maxTransferCents = 100_000_000_000;

/** A lead was delivered. */
export const chargeOf = (mode: BillingMode, priceCents: number): Movement => ({
  kind: "CHARGE",
  debit: accountOf(spentFrom, mode),
  credit: "706",
  amountCents: positive(priceCents),
});

/** A charge was credited, in full or in part. */
export const creditOf = (mode: BillingMode, amountCents: number): Movement => ({
  kind: "CREDIT",
  debit: "709",
  credit: accountOf(spentFrom, mode),
  amountCents: positive(amountCents),
});

/**
 * A supplier paid an amount including VAT: the net goes to its balance, the VAT to the state. Omits a posting
 * of zero.
 */
export function paymentOf(mode: BillingMode, kind: PaymentKind, { netCents, vatCents }: Split): Movement[] {
  const debit = received[kind];
  const legs: Movement[] = [
    { kind, debit, credit: accountOf(paidInto, mode), amountCents: netCents },
    { kind: `${kind}_VAT`, debit, credit: "44571", amountCents: vatCents },
  ];
  return legs.filter((leg) => leg.amountCents > 0);
}

/** A payment was reversed: the amount is owed again. */
export const lostPaymentOf = (mode: BillingMode, netCents: number): Movement => ({
  kind: "PAYMENT_LOST",
  debit: accountOf(paidInto, mode),
  credit: "471",
  amountCents: positive(netCents),
});

/** Unspent money was refunded. */
export const refundOf = (mode: BillingMode, netCents: number, from: PaymentKind): Movement => ({
  kind: "REFUND",
  debit: accountOf(paidInto, mode),
  credit: received[from],
  amountCents: positive(netCents),
});

/** A debt was written off. */
export const writeOffOf = (mode: BillingMode, netCents: number): Movement => ({
  kind: "WRITE_OFF",
  debit: "654",
  credit: accountOf(paidInto, mode),
  amountCents: positive(netCents),
});

/** The statutory compensation and interest on an invoice that was paid late or is overdue. */
export const lateFeesOf = (mode: BillingMode, amountCents: number): Movement => ({
  kind: "LATE_FEES",
  debit: accountOf(paidInto, mode),
  credit: "758",
  amountCents: positive(amountCents),
});

/** Effect of a posting on the supplier's balance: credits less debits on the supplier's accounts. */
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

/**
 * What a business event does to the accounts. A posting names both its ends, so an unbalanced one
 * cannot be written; a mistake is undone by a posting the other way, never by a change.
 *
 * Whether a supplier can afford a charge is not asked here: that is decided before, under the lock.
 */
import type { BillingMode } from "./account";
import { supplierAccounts, type AccountCode } from "./chart";

export type PostingKind = "CHARGE" | "CREDIT" | "BANK_TRANSFER" | "BANK_TRANSFER_VAT";
export type CauseKind = "DELIVERY" | "BANK_TRANSFER";

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
}

type Billed = Readonly<Record<Exclude<BillingMode, "SANDBOX">, AccountCode>>;
const spentFrom: Billed = { PREPAID: "4191", POSTPAID: "4181" };
const paidInto: Billed = { PREPAID: "4191", POSTPAID: "411" };
const wholeRateBasisPoints = 10_000;
/** More than any transfer, and still far from where whole numbers end. */
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
export function transferOf(
  mode: BillingMode,
  amountInclVatCents: number,
  vatRateBasisPoints: number,
): Movement[] {
  const netCents = netOf(amountInclVatCents, vatRateBasisPoints);
  const legs: Movement[] = [
    { kind: "BANK_TRANSFER", debit: "512", credit: accountOf(paidInto, mode), amountCents: netCents },
    {
      kind: "BANK_TRANSFER_VAT",
      debit: "512",
      credit: "44571",
      amountCents: amountInclVatCents - netCents,
    },
  ];
  return legs.filter((leg) => leg.amountCents > 0);
}

/** What a posting does to the supplier's balance: credits less debits on the supplier's accounts. */
export function balanceEffect(posting: Pick<Movement, "debit" | "credit" | "amountCents">): number {
  const credited = supplierAccounts.has(posting.credit) ? posting.amountCents : 0;
  const debited = supplierAccounts.has(posting.debit) ? posting.amountCents : 0;
  return credited - debited;
}

/** Rounded half up, in whole numbers only: floats would round some amounts the wrong way. */
function netOf(amountInclVatCents: number, vatRateBasisPoints: number): number {
  if (positive(amountInclVatCents) > maxTransferCents) {
    throw new RangeError(
      `A transfer of more than ${String(maxTransferCents)} cents cannot be split exactly.`,
    );
  }
  const divisor = 2 * (wholeRateBasisPoints + vatRateBasisPoints);
  const dividend = 2 * amountInclVatCents * wholeRateBasisPoints + divisor / 2;
  return (dividend - (dividend % divisor)) / divisor;
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

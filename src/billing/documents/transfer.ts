/** Validates bank transfers before they are recorded: those that came in, and refunds of unspent money. */
import { DateTime } from "luxon";
import { maxTransferCents } from "../../account/ledger";
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";

export interface Transfer {
  readonly supplierId: string;
  readonly amountInclVatCents: number;
  /** Day on which the bank received it, "YYYY-MM-DD". */
  readonly receivedOn: string;
  /** The bank's reference, which identifies the transfer: each is recorded once. */
  readonly bankReference: string;
  /** The invoice it was made for, settled before the others. */
  readonly documentId?: string | null;
}

const maxReferenceLength = 140;
const controlCharacter = /\p{Cc}/u;
const bankZone = "Europe/Paris";
const earliestDay = "2000-01-01";

export function checkTransfer(transfer: Transfer, at: Date): Transfer {
  const checked = checkAll({
    amountInclVatCents: () => checkCents("amountInclVatCents", transfer.amountInclVatCents),
    bankReference: () => checkBankReference(transfer.bankReference),
    receivedOn: () => checkDay(transfer.receivedOn, at),
  });
  return { ...transfer, ...checked };
}

/** A refund of unspent money by bank transfer. */
export interface BalanceRefund {
  readonly supplierId: string;
  /** Null refunds everything that is not spent. */
  readonly netCents: number | null;
  /** The bank's reference of the outgoing transfer. */
  readonly bankReference: string;
}

export function checkBalanceRefund(refund: BalanceRefund): BalanceRefund {
  const { netCents } = refund;
  const checked = checkAll({
    netCents: () => (netCents === null ? null : checkCents("netCents", netCents)),
    bankReference: () => checkBankReference(refund.bankReference),
  });
  return { ...refund, ...checked };
}

function checkCents(name: string, cents: number): number {
  if (Number.isSafeInteger(cents) && cents >= 1 && cents <= maxTransferCents) return cents;
  throw invalid(`${name} must be a whole number of cents from 1 to ${String(maxTransferCents)}.`, {
    reason: "OUT_OF_RANGE",
  });
}

function checkBankReference(text: string): string {
  const reference = text.trim();
  const isOneLine = !controlCharacter.test(reference);
  if (reference.length >= 1 && reference.length <= maxReferenceLength && isOneLine) return reference;
  throw invalid(`bankReference must be one line of 1 to ${String(maxReferenceLength)} characters.`, {
    reason: reference.length < 1 ? "EMPTY" : isOneLine ? "TOO_LONG" : "MALFORMED",
  });
}

function checkDay(day: string, at: Date): string {
  const today = DateTime.fromJSDate(at, { zone: bankZone }).toISODate() ?? "";
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && DateTime.fromISO(day, { zone: "utc" }).isValid;
  if (isDay && day >= earliestDay && day <= today) return day;
  throw invalid(
    "receivedOn must be a day up to today in Paris, written YYYY-MM-DD, for example 2026-11-20.",
    { reason: isDay ? "OUT_OF_RANGE" : "MALFORMED" },
  );
}

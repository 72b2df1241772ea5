/** Validates an incoming bank transfer before it is recorded. */
import { DateTime } from "luxon";
import { maxTransferCents } from "../../account/ledger";
import { invalid } from "../../shared/errors";

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
  const { amountInclVatCents } = transfer;
  if (
    !Number.isSafeInteger(amountInclVatCents) ||
    amountInclVatCents < 1 ||
    amountInclVatCents > maxTransferCents
  ) {
    throw invalid(
      `amountInclVatCents must be a whole number of cents from 1 to ${String(maxTransferCents)}.`,
    );
  }
  const bankReference = transfer.bankReference.trim();
  if (
    bankReference.length < 1 ||
    bankReference.length > maxReferenceLength ||
    controlCharacter.test(bankReference)
  ) {
    throw invalid(`bankReference must be one line of 1 to ${String(maxReferenceLength)} characters.`);
  }
  return { ...transfer, bankReference, receivedOn: checkDay(transfer.receivedOn, at) };
}

function checkDay(day: string, at: Date): string {
  const today = DateTime.fromJSDate(at, { zone: bankZone }).toISODate() ?? "";
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && DateTime.fromISO(day, { zone: "utc" }).isValid;
  if (isDay && day >= earliestDay && day <= today) return day;
  throw invalid("receivedOn must be a day up to today in Paris, written YYYY-MM-DD, for example 2026-11-20.");
}

/** Checks how finance wants to book, assign or split a line of a bank statement, or take it back. */
import { invalid } from "../../shared/errors";
import { checkAll, checkEach, checkField } from "../../shared/faults";
import type { BookedAs, StoredLine } from "./bank-line";

export interface Booking {
  readonly as: BookedAs;
  readonly reason: string;
}

const longestReason = 200;
export const mostShares = 100;

/** Returns the booking with its reason trimmed. */
export const checkBooking = (booking: Booking, line: Pick<StoredLine, "amountCents">): Booking =>
  checkAll<Booking>({
    as: () => checkDirection(booking.as, line.amountCents),
    reason: () => checkReason(booking.reason, "describes the line"),
  });

export const checkUndoReason = (reason: string): string =>
  checkField("reason", () => checkReason(reason, "says why it is taken back"));

function checkDirection(as: BookedAs, amountCents: number): BookedAs {
  if ((as === "INCOME") === amountCents > 0) return as;
  throw invalid("as: incoming money is INCOME, outgoing money is BANK_FEE or EXPENSE.", {
    reason: "NOT_ALLOWED",
  });
}

function checkReason(reason: string, purpose: string): string {
  const text = reason.trim();
  if (text.length > 0 && text.length <= longestReason) return text;
  throw invalid(`reason takes 1 to ${String(longestReason)} characters and ${purpose}.`, {
    reason: text === "" ? "EMPTY" : "TOO_LONG",
  });
}

/** Throws unless the line is incoming money, which alone can be a supplier's transfer. */
export function checkIncoming({ amountCents }: Pick<StoredLine, "amountCents">): void {
  if (amountCents > 0) return;
  throw invalid("id: this line is an outgoing payment; only incoming money can be assigned to a supplier.", {
    reason: "NOT_ALLOWED",
    field: "id",
  });
}

/** The parts of a line, which together are at most what is open of it. */
export function checkShares<T extends { readonly amountCents: number }>(
  shares: readonly T[],
  openCents: number,
): readonly T[] {
  return checkField("parts", () => {
    if (shares.length === 0 || shares.length > mostShares) {
      throw invalid(`parts takes 1 to ${String(mostShares)} items.`, {
        reason: shares.length === 0 ? "EMPTY" : "TOO_MANY",
      });
    }
    checkEach(shares, ({ amountCents }) => {
      if (Number.isSafeInteger(amountCents) && amountCents > 0) return;
      throw invalid("amountCents is a whole number of cents from 1.", {
        reason: "OUT_OF_RANGE",
        field: "amountCents",
      });
    });
    const sum = shares.reduce((total, { amountCents }) => total + amountCents, 0);
    if (sum <= openCents) return shares;
    throw invalid(`parts are ${String(sum)} cents together, and ${String(openCents)} of the line are open.`, {
      reason: "OUT_OF_RANGE",
    });
  });
}

/** Checks how finance wants to book or assign a bank statement line. */
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import type { BookedAs } from "./bank-line";
import type { StatementLine } from "./statement-line";

export interface Booking {
  readonly as: BookedAs;
  readonly reason: string;
}

const longestReason = 200;

/** Returns the booking with its reason trimmed. */
export const checkBooking = (booking: Booking, line: Pick<StatementLine, "amountCents">): Booking =>
  checkAll<Booking>({
    as: () => checkDirection(booking.as, line.amountCents),
    reason: () => checkReason(booking.reason),
  });

function checkDirection(as: BookedAs, amountCents: number): BookedAs {
  if ((as === "INCOME") === amountCents > 0) return as;
  throw invalid("as: incoming money is INCOME, outgoing money is BANK_FEE or EXPENSE.", {
    reason: "NOT_ALLOWED",
  });
}

function checkReason(reason: string): string {
  const text = reason.trim();
  if (text.length > 0 && text.length <= longestReason) return text;
  throw invalid("reason takes 1 to 200 characters and describes the line.", {
    reason: text === "" ? "EMPTY" : "TOO_LONG",
  });
}

/** Throws unless the line is incoming money, which alone can be a supplier's transfer. */
export function checkIncoming({ amountCents }: Pick<StatementLine, "amountCents">): void {
  if (amountCents > 0) return;
  throw invalid("id: this line is an outgoing payment; only incoming money can be assigned to a supplier.", {
    reason: "NOT_ALLOWED",
    field: "id",
  });
}

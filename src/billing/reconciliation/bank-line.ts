/** A line of a bank statement as it is stored, and what became of it. */
import type { StatementLine } from "./statement-line";

export type BankLineStatus = "UNMATCHED" | "MATCHED" | "BOOKED";

/** What a line is that concerns no supplier. */
export type BookedAs = "BANK_FEE" | "EXPENSE" | "INCOME";

/** What a matched line is: the transfer, Stripe payout or refund with the same money. */
export type MatchKind = "TRANSFER" | "PAYOUT" | "REFUND";

export interface StoredLine extends StatementLine {
  readonly id: string;
}

export interface BankLineView extends StoredLine {
  readonly status: BankLineStatus;
  /** Null unless the line is matched. */
  readonly matchedWith: MatchKind | null;
  /** The id of what the line is matched with. */
  readonly subject: string | null;
  /** Null unless the line is booked. */
  readonly bookedAs: BookedAs | null;
  /** Null unless the line is matched with a transfer or refund of a supplier. */
  readonly supplierId: string | null;
}

export interface BankLineFilter {
  readonly status: BankLineStatus | null;
  /** "YYYY-MM" */
  readonly month: string | null;
  readonly reference: string | null;
}

interface Matching {
  readonly matchedKind: MatchKind | "BOOKED" | null;
  readonly matchedId: string | null;
}

/** Reads what became of a line from the two columns that hold it. */
export function matchingOf({
  matchedKind,
  matchedId,
}: Matching): Pick<BankLineView, "status" | "matchedWith" | "subject" | "bookedAs"> {
  if (matchedKind === null) return { status: "UNMATCHED", matchedWith: null, subject: null, bookedAs: null };
  if (matchedKind === "BOOKED")
    return { status: "BOOKED", matchedWith: null, subject: null, bookedAs: matchedId as BookedAs };
  return { status: "MATCHED", matchedWith: matchedKind, subject: matchedId, bookedAs: null };
}

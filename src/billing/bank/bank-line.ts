/** A line of a bank statement as it is stored, and what became of it. */

export type BankLineStatus = "PENDING" | "UNMATCHED" | "MATCHED" | "BOOKED";

/** What money is that concerns no supplier. */
export type BookedAs = "BANK_FEE" | "EXPENSE" | "INCOME";

/**
 * What a part of a line is: the transfer, Stripe payout or refund with the same money, the recall of an earlier
 * transfer, or money that concerns no supplier.
 */
export type PartKind = "TRANSFER" | "PAYOUT" | "REFUND" | "RECALL" | "BOOKED";

/** Why a line waits for a person. */
export type WaitsFor =
  | "NOTHING_NAMED"
  | "SEVERAL_NAMED"
  | "LOOKS_RECORDED"
  | "DIFFERS"
  | "UNEXPLAINED_DIFFERENCE"
  | "OUTGOING"
  | "RECALL_UNCLEAR"
  | "NOT_POSSIBLE"
  | "TAKEN_BACK";

export interface StoredLine {
  readonly id: string;
  readonly reference: string;
  readonly endToEndId: string | null;
  readonly transactionId: string | null;
  /** "YYYY-MM-DD" */
  readonly bookedOn: string;
  /** Positive for incoming money, negative for outgoing money. */
  readonly amountCents: number;
  readonly remittance: string;
  readonly counterparty: string;
  readonly isReversal: boolean;
  readonly isCharge: boolean;
  /** Set when the bank's file leaves no choice but a person's. */
  readonly waitsFor: WaitsFor | null;
  /** What no part accounts for; on suspense (471) once the line is booked. Has the sign of the amount. */
  readonly openCents: number;
}

export interface LinePart {
  readonly id: string;
  readonly lineId: string;
  readonly kind: PartKind;
  /** The id of the transfer, payout, credit note of a refund or recalled transfer; what it was booked as. */
  readonly subjectId: string;
  /** Has the sign of the line's amount. */
  readonly amountCents: number;
  /** By how much a transfer recorded by hand was corrected to the bank's amount. */
  readonly correctedCents: number;
  readonly supplierId: string | null;
  readonly documentId: string | null;
  readonly madeAt: Date;
  readonly madeBy: string;
  /** Null while the part stands. */
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undoneReason: string | null;
}

export interface BankLineView extends StoredLine {
  readonly status: BankLineStatus;
  readonly account: string;
  readonly statementId: string | null;
  /** Those that stand and those that were taken back, oldest first. */
  readonly parts: readonly LinePart[];
}

export interface BankLineFilter {
  readonly status: BankLineStatus | null;
  /** "YYYY-MM" */
  readonly month: string | null;
  readonly reference: string | null;
}

export const standing = (parts: readonly LinePart[]): LinePart[] =>
  parts.filter(({ undoneAt }) => undoneAt === null);

export function statusOf(line: {
  readonly isBooked: boolean;
  readonly openCents: number;
  readonly parts: readonly LinePart[];
}): BankLineStatus {
  if (!line.isBooked) return "PENDING";
  if (line.openCents !== 0) return "UNMATCHED";
  return standing(line.parts).every(({ kind }) => kind === "BOOKED") ? "BOOKED" : "MATCHED";
}

/** The fields that describe a line with a single part, as they were before a line could have several. */
export function singlePart({ status, parts }: Pick<BankLineView, "status" | "parts">): {
  readonly matchedWith: Exclude<PartKind, "BOOKED"> | null;
  readonly subject: string | null;
  readonly bookedAs: BookedAs | null;
  readonly supplierId: string | null;
} {
  const [part, ...others] = standing(parts);
  if (!part || status === "UNMATCHED")
    return { matchedWith: null, subject: null, bookedAs: null, supplierId: null };
  if (part.kind === "BOOKED")
    return { matchedWith: null, subject: null, bookedAs: part.subjectId as BookedAs, supplierId: null };
  const isOne = others.length === 0;
  const isOfOne = others.every(({ supplierId }) => supplierId === part.supplierId);
  return {
    matchedWith: part.kind,
    subject: isOne ? part.subjectId : null,
    bookedAs: null,
    supplierId: isOfOne ? part.supplierId : null,
  };
}

/** What a statement file of a bank says, the same for every format. Nothing here is decided yet. */

export type StatementFormat = "CAMT053" | "CSV" | "CFONB120";

/** Where something stands in the file. */
export interface Place {
  /** CAMT.053 counts entries, the other formats count lines. */
  readonly word: "line" | "entry";
  /** From 1. */
  readonly line: number;
  /** The number of the transaction within a batch entry, from 1; null if the entry is one movement. */
  readonly detail: number | null;
}

/** The account of a statement as the file names it; null if the file names none, as in CSV. */
export type Account =
  | { readonly iban: string }
  | { readonly bank: string; readonly branch: string; readonly number: string }
  | null;

/** One booked movement of money on the account. */
export interface Movement {
  readonly place: Place;
  /** The bank's own reference, 1 to 140 characters. It may be shared by several movements; see reference.ts. */
  readonly reference: string;
  /** What the party that ordered the payment calls it; null where it gave nothing. */
  readonly endToEndId: string | null;
  /** What banks call the payment, by which a later recall can name it. */
  readonly transactionId: string | null;
  /** The bank's booking day in Paris, "YYYY-MM-DD". */
  readonly bookedOn: string;
  /** Positive for incoming money, negative for outgoing money, never 0. */
  readonly amountCents: number;
  /** What the payment is for: one line of at most 500 characters. */
  readonly remittance: string;
  /** The party that is not the holder of the account; empty if the file does not name it. */
  readonly counterparty: string;
  /** Whether the bank says that this takes an earlier movement back. */
  readonly isReversal: boolean;
  /** CHARGE: what the bank kept from a payment whose full amount is the movement before it. */
  readonly kind: "MOVEMENT" | "CHARGE";
  /** Why this entry cannot be assigned by a program: its parts do not add up to its amount. */
  readonly problem: "UNEXPLAINED_DIFFERENCE" | null;
}

export interface Balance {
  /** Negative when the account is overdrawn. */
  readonly cents: number;
  /** "YYYY-MM-DD" */
  readonly on: string;
}

/** Something in the file that is no movement of ours. It is shown to whoever imports the file. */
export interface Skipped {
  readonly place: Place;
  readonly reason: "ZERO_AMOUNT" | "OTHER_CURRENCY" | "NOT_BOOKED";
  /** The reason in plain words. */
  readonly text: string;
}

export interface Statement {
  readonly account: Account;
  /** The bank's number of the statement. */
  readonly number: string | null;
  readonly opening: Balance | null;
  readonly closing: Balance | null;
  readonly movements: readonly Movement[];
  readonly skipped: readonly Skipped[];
}

/** Read models of everything the books contain about one subject. */
export type ThingKind = "LEAD" | "DOCUMENT" | "PAYMENT" | "REFUND" | "PAYOUT" | "TRANSFER" | "BANK_LINE";

export interface Thing {
  readonly kind: ThingKind;
  readonly id: string;
  readonly supplierId: string | null;
}

export interface BookedPosting {
  readonly supplierId: string;
  readonly number: number;
  readonly at: Date;
  readonly kind: string;
  readonly debitAccount: string;
  readonly creditAccount: string;
  readonly amountCents: number;
}

export interface BookedLine {
  readonly account: string;
  readonly supplierId: string | null;
  readonly debitCents: number;
  readonly creditCents: number;
}

export interface BookedEntry {
  readonly journal: string;
  readonly year: number;
  readonly number: number;
  /** "YYYY-MM-DD" */
  readonly dated: string;
  readonly label: string;
  readonly piece: string;
  readonly lines: readonly BookedLine[];
}

export interface Booked {
  readonly subject: string;
  readonly things: readonly Thing[];
  readonly postings: readonly BookedPosting[];
  readonly entries: readonly BookedEntry[];
}

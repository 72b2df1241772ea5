/** Read models of everything the books contain about one subject. */
import type { JournalCode, PostingKind } from "../../account/ledger";

export type BookedObjectKind =
  "LEAD" | "DOCUMENT" | "PAYMENT" | "REFUND" | "PAYOUT" | "TRANSFER" | "BANK_LINE";

export interface BookedObject {
  readonly kind: BookedObjectKind;
  readonly id: string;
  readonly supplierId: string | null;
}

export interface BookedPosting {
  readonly supplierId: string;
  readonly number: number;
  readonly at: Date;
  readonly kind: PostingKind;
  readonly debitAccount: string;
  readonly creditAccount: string;
  readonly amountCents: number;
}

export interface BookedLine {
  readonly account: string;
  readonly supplierId: string | null;
  readonly debitCents: number;
  readonly creditCents: number;
  /** The code under which the line is lettered in the FEC; null while it is not settled. */
  readonly lettering: string | null;
  /** "YYYY-MM-DD" */
  readonly letteredOn: string | null;
}

export interface BookedEntry {
  readonly journal: JournalCode;
  readonly year: number;
  readonly number: number;
  /** "YYYY-MM-DD" */
  readonly datedOn: string;
  readonly label: string;
  readonly piece: string;
  readonly lines: readonly BookedLine[];
}

export interface Booked {
  readonly subject: string;
  readonly objects: readonly BookedObject[];
  readonly postings: readonly BookedPosting[];
  readonly entries: readonly BookedEntry[];
}

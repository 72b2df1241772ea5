/** An imported file of bank statements, and what became of its lines. */
import type { Fault } from "../../shared/errors";
import type { Balance, Skipped, StatementFormat } from "../statements";

export type StatementStatus = "READING" | "BOOKING" | "IMPORTED" | "REFUSED";

export interface StatementCounts {
  readonly read: number;
  /** Lines that had been imported before. */
  readonly known: number;
  readonly skipped: number;
  readonly matched: number;
  readonly unmatched: number;
}

export interface BankStatementView extends StatementCounts {
  readonly id: string;
  readonly format: StatementFormat;
  readonly name: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly gapReason: string | null;
  readonly importedAt: Date;
  readonly importedBy: string;
  readonly status: StatementStatus;
  /** Why the file was refused. */
  readonly faults: readonly Fault[];
  readonly endedAt: Date | null;
}

/** What a statement within the file says of the account. */
export interface StatementBalance {
  readonly account: string;
  readonly number: string | null;
  readonly opening: Balance;
  readonly closing: Balance;
  /** What is missing between this statement and the one before, in cents. */
  readonly gapCents: number;
}

/** What became of a line when its file was imported, and since. */
export type StatementLineResult = "PENDING" | "MATCHED" | "UNMATCHED" | "KNOWN" | "DIFFERS" | "SKIPPED";

export interface StatementLineView {
  /** Its number in the file, from 1. */
  readonly number: number;
  /** The line of the file, or in CAMT.053 its entry, and the transaction within the entry. */
  readonly line: number;
  readonly detail: number | null;
  readonly result: StatementLineResult;
  readonly lineId: string | null;
  readonly skipped: Skipped["reason"] | null;
}

/** A line that was imported before. */
export interface KnownLine {
  readonly id: string;
  readonly remittance: string;
  readonly counterparty: string;
}

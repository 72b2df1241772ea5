/** Journal entries for lines of bank statements that concern no supplier's account. */
import type { AccountCode, Entry } from "../../account/ledger";
import type { BookedAs, StoredLine } from "./bank-line";

/** What an entry says of its line. */
export type LineOfEntry = Pick<StoredLine, "id" | "reference" | "bookedOn">;

/** Where the money of a line is: at the bank (512) if nothing is booked yet, or on suspense (471). */
export type LineCash = "512" | "471";

type Side = readonly [account: AccountCode, cents: number];

export const bookedAccounts: Readonly<Record<BookedAs, AccountCode>> = {
  BANK_FEE: "627",
  EXPENSE: "658",
  INCOME: "758",
};

/** `cents` is positive for incoming money. */
export const suspenseEntry = (line: LineOfEntry, cents: number): Entry =>
  entryFor(line, `Ligne bancaire à identifier ${line.reference}`, [
    ["512", cents],
    ["471", -cents],
  ]);

/** Clears money in transit (580) by the line that shows it. */
export const arrivalEntry = (line: LineOfEntry, cents: number, from: LineCash): Entry =>
  entryFor(line, `Ligne bancaire ${line.reference}`, [
    [from, cents],
    ["580", -cents],
  ]);

/** Money that concerns no supplier, on the account of what it is. */
export const bookedEntry = (
  line: LineOfEntry,
  { as, cents, reason, from }: { as: BookedAs; cents: number; reason: string; from: LineCash },
): Entry =>
  entryFor(line, `${reason} ${line.reference}`, [
    [from, cents],
    [bookedAccounts[as], -cents],
  ]);

/** Takes `cents` of a line back to suspense from the account where they were. */
export const takenBackEntry = (line: LineOfEntry, cents: number, from: AccountCode): Entry =>
  entryFor(line, `Annulation de rapprochement ${line.reference}`, [
    [from, cents],
    ["471", -cents],
  ]);

/**
 * Transfers, refunds and payouts from before money in transit was booked on 580 are on 512. This moves one to
 * 580. `onSuspenseCents` is the part of its line that was put on suspense then; the rest of the line was not
 * booked, because the record had been.
 */
export const oldRecordEntry = (
  line: StoredLine,
  { cents, onSuspenseCents }: { readonly cents: number; readonly onSuspenseCents: number },
): Entry => {
  const missing = line.amountCents - onSuspenseCents;
  return entryFor(line, `Virement en transit ${line.reference}`, [
    ["580", cents],
    ["512", missing - cents],
    ["471", -missing],
  ]);
};

/** Only what moves 512 stands in the journal of the bank. */
function entryFor(line: LineOfEntry, label: string, sides: readonly Side[]): Entry {
  const lines = sides.filter(([, cents]) => cents !== 0).map(lineOf);
  return {
    ...{ journal: sides.some(([account, cents]) => account === "512" && cents !== 0) ? "BQ" : "OD", label },
    ...{ piece: line.reference, pieceDate: line.bookedOn, bankDay: line.bookedOn },
    ...{ causeKind: "BANK_LINE", causeId: line.id },
    ...{ supplierId: null, lines, vatDue: [] },
  };
}

const lineOf = ([account, cents]: Side): Entry["lines"][number] => ({
  ...{ account, supplierId: null },
  ...{ debitCents: Math.max(0, cents), creditCents: Math.max(0, -cents) },
});

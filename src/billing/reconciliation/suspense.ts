/** Entries that book bank statement lines on suspense (471) and clear them from it. */
import type { AccountCode, Entry } from "../../account/ledger";
import type { BookedAs, StoredLine } from "./bank-line";

/** `cents` is positive for incoming money. */
export const suspenseEntry = (line: StoredLine, cents: number): Entry => ({
  journal: "BQ",
  label: `Ligne bancaire à identifier ${line.reference}`,
  piece: line.reference,
  pieceDate: line.bookedOn,
  bankDay: line.bookedOn,
  causeKind: "BANK_LINE",
  causeId: line.id,
  supplierId: null,
  lines: [
    { account: "512", supplierId: null, debitCents: Math.max(0, cents), creditCents: Math.max(0, -cents) },
    { account: "471", supplierId: null, debitCents: Math.max(0, -cents), creditCents: Math.max(0, cents) },
  ],
  vatDue: [],
});

/** Clears money in transit (580) by the line that shows it, which is new at the bank (512) or on suspense (471). */
export const arrivalEntry = (line: StoredLine, at: "512" | "471"): Entry => {
  const cents = line.amountCents;
  const side = (account: AccountCode, amount: number) => ({
    ...{ account, supplierId: null },
    ...{ debitCents: Math.max(0, amount), creditCents: Math.max(0, -amount) },
  });
  return {
    ...{ journal: at === "512" ? "BQ" : "OD", label: `Ligne bancaire ${line.reference}` },
    ...{ piece: line.reference, pieceDate: line.bookedOn, causeKind: "BANK_LINE", causeId: line.id },
    ...{ supplierId: null, lines: [side(at, cents), side("580", -cents)], vatDue: [] },
  };
};

const accounts: Readonly<Record<BookedAs, AccountCode>> = { BANK_FEE: "627", EXPENSE: "658", INCOME: "758" };

/** Clears from suspense a line that concerns no supplier, to the account of what it is. */
export function bookedEntry(
  line: StoredLine,
  { as, reason }: { readonly as: BookedAs; readonly reason: string },
): Entry {
  const cents = line.amountCents;
  const side = (account: AccountCode, amount: number) => ({
    ...{ account, supplierId: null },
    ...{ debitCents: Math.max(0, amount), creditCents: Math.max(0, -amount) },
  });
  return {
    ...{
      journal: "OD",
      label: `${reason} ${line.reference}`,
      piece: line.reference,
      pieceDate: line.bookedOn,
      bankDay: line.bookedOn,
    },
    ...{ causeKind: "BANK_LINE", causeId: line.id, supplierId: null, vatDue: [] },
    lines: [side("471", cents), side(accounts[as], -cents)],
  };
}

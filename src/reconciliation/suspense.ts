/** Money at the bank that is nobody's yet, or not any more. */
import type { Entry } from "../ledger";
import type { StatementLine } from "./statement-lines";

/** `cents` above zero: it came. */
export const suspenseEntry = (line: StatementLine & { readonly id: string }, cents: number): Entry => ({
  journal: "BQ",
  label: `Ligne bancaire à identifier ${line.reference}`,
  piece: line.reference,
  pieceDate: line.bookedOn,
  causeKind: "BANK_LINE",
  causeId: line.id,
  supplierId: null,
  lines: [
    { account: "512", supplierId: null, debitCents: Math.max(0, cents), creditCents: Math.max(0, -cents) },
    { account: "471", supplierId: null, debitCents: Math.max(0, -cents), creditCents: Math.max(0, cents) },
  ],
  vatDue: [],
});

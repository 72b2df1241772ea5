/** Database statements for bank statement lines. */
import type { EntityManager } from "typeorm";
import { AppError, notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type { StatementLine } from "./statement-lines";

/** A line as PostgreSQL returns it: bigint columns arrive as text. */
export type Stored = Omit<StatementLine, "amountCents"> & {
  readonly id: string;
  readonly amountCents: string;
};

interface NewLine extends StatementLine {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
}

export async function insertLine(tx: EntityManager, line: NewLine): Promise<boolean> {
  const { id, reference, bookedOn, amountCents, remittance, counterparty, at, by } = line;
  const rows: unknown[] = await tx.query(
    `INSERT INTO bank_line (id, reference, booked_on, amount_cents, remittance, counterparty, imported_at, imported_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (reference) DO NOTHING RETURNING true`,
    [id, reference, bookedOn, amountCents, remittance, counterparty, at, by],
  );
  return rows.length > 0;
}

/**
 * Refuses to book a line whose transfer is recorded: only the difference is on suspense, and it has to be
 * corrected with assignBankLine.
 */
export async function refuseRecorded(tx: EntityManager, reference: string): Promise<void> {
  const rows: unknown[] = await tx.query("SELECT FROM bank_transfer WHERE bank_reference = $1", [reference]);
  if (rows.length > 0) {
    throw new AppError("CONFLICT", "A transfer with this reference is recorded: use assignBankLine.");
  }
}

export const markLine = (
  tx: EntityManager,
  id: string,
  [kind, matchedId]: readonly [string, string],
): Promise<unknown> =>
  tx.query("UPDATE bank_line SET matched_kind = $2, matched_id = $3 WHERE id = $1", [id, kind, matchedId]);

export async function lockLine(
  tx: EntityManager,
  id: string,
): Promise<StatementLine & { id: string; matchedKind: string | null }> {
  const rows: (Stored & { matchedKind: string | null })[] = isId(id)
    ? await tx.query(
        `SELECT id, reference, booked_on::text AS "bookedOn", amount_cents AS "amountCents", remittance,
           counterparty, matched_kind AS "matchedKind" FROM bank_line WHERE id = $1 FOR UPDATE`,
        [id],
      )
    : [];
  const [line] = rows;
  if (!line) throw notFound("line of a statement");
  return { ...line, amountCents: integerOf(line.amountCents) };
}

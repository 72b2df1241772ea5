/** Database statements by which a file is compared with what is stored of its account, and its lines are listed. */
import type { EntityManager } from "typeorm";
import { preparedStatement } from "../../platform/prepared-statement";
import { integerOf } from "../../shared/integer";
import type { Movement, Skipped } from "../statements";
import type { KnownLine, StatementBalance } from "./bank-statement";
import type { KnownChain } from "./chain";

export interface NewStatementLine {
  readonly number: number;
  readonly line: number;
  readonly detail: number | null;
  readonly lineId: string | null;
  readonly known: "SAME" | "DIFFERS" | null;
  readonly skipped: Skipped["reason"] | null;
}

export class StoredStatements {
  /** The known line of each movement, or null. Lines from before accounts were stored have none. */
  async known(
    tx: EntityManager,
    account: string,
    movements: readonly (Movement & { readonly occurrence: number })[],
  ): Promise<(KnownLine | null)[]> {
    const rows = await knownLines(tx, [
      account,
      movements.map(({ reference }) => reference),
      movements.map(({ bookedOn }) => bookedOn),
      movements.map(({ amountCents }) => amountCents),
      movements.map(({ occurrence }) => occurrence),
    ]);
    const found = new Map(rows.map(({ nth, ...line }) => [integerOf(nth), line]));
    return movements.map((_, index) => found.get(index + 1) ?? null);
  }

  async addLines(tx: EntityManager, id: string, lines: readonly NewStatementLine[]): Promise<void> {
    await insertStatementLines(tx, [
      id,
      lines.map(({ number }) => number),
      lines.map(({ line }) => line),
      lines.map(({ detail }) => detail),
      lines.map(({ lineId }) => lineId),
      lines.map(({ known }) => known),
      lines.map(({ skipped }) => skipped),
    ]);
  }

  /** Sum of the lines of an account. */
  async storedCents(tx: EntityManager, account: string): Promise<number> {
    const [row]: { cents: string }[] = await tx.query(
      "SELECT coalesce(sum(amount_cents), 0) AS cents FROM bank_line WHERE account = $1",
      [account],
    );
    return integerOf(row?.cents);
  }

  /** What is known of the account's balances; null before its first statement. */
  async chain(tx: EntityManager, account: string): Promise<KnownChain | null> {
    const rows: BalanceRow[] = await tx.query(
      `SELECT closing_cents AS "closingCents", closing_on::text AS "closingOn", base_cents AS "baseCents",
         gap_cents AS "gapCents", opening_on::text AS "openingOn", stored,
         lag(closing_on) OVER (ORDER BY closing_on, stored)::text AS "closedBefore"
       FROM bank_statement_balance WHERE account = $1 ORDER BY closing_on DESC, stored DESC`,
      [account],
    );
    const [newest] = rows;
    if (!newest) return null;
    const base = rows.reduce((last, row) => (BigInt(row.stored) > BigInt(last.stored) ? row : last));
    return {
      closing: { cents: integerOf(newest.closingCents), on: newest.closingOn },
      baseCents: integerOf(base.baseCents),
      gaps: rows
        .filter(({ gapCents, closedBefore }) => integerOf(gapCents) !== 0 && closedBefore !== null)
        .map(({ closedBefore, openingOn }) => ({ after: closedBefore ?? openingOn, before: openingOn })),
    };
  }

  async addBalance(
    tx: EntityManager,
    {
      statementId,
      nth,
      account,
      number,
      opening,
      closing,
      baseCents,
      gapCents,
    }: StatementBalance & { statementId: string; nth: number; baseCents: number },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO bank_statement_balance (statement_id, nth, account, number, opening_cents, opening_on, closing_cents,
         closing_on, base_cents, gap_cents) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[statementId, nth, account, number, opening.cents, opening.on, closing.cents, closing.on],
        ...[baseCents, gapCents],
      ],
    );
  }
}

interface BalanceRow {
  readonly closingCents: string;
  readonly closingOn: string;
  readonly openingOn: string;
  readonly baseCents: string;
  readonly gapCents: string;
  /** Larger for a statement that was stored later. */
  readonly stored: string;
  readonly closedBefore: string | null;
}

const knownLines = preparedStatement<KnownLine & { readonly nth: string }>(
  "bank-line.known",
  `SELECT line.nth, b.id, b.remittance, b.counterparty
   FROM unnest($2::text[], $3::date[], $4::bigint[], $5::integer[])
     WITH ORDINALITY AS line (reference, booked_on, amount_cents, occurrence, nth)
   CROSS JOIN LATERAL (SELECT id, remittance, counterparty FROM bank_line
     WHERE account IN ($1, '') AND reference = line.reference AND booked_on = line.booked_on
       AND amount_cents = line.amount_cents AND occurrence = line.occurrence
     ORDER BY account DESC LIMIT 1) b`,
);

const insertStatementLines = preparedStatement(
  "bank-statement.add-lines",
  `INSERT INTO bank_statement_line (statement_id, number, line, detail, line_id, known, skipped)
   SELECT $1, number, line, detail, line_id, known, skipped FROM unnest($2::integer[], $3::integer[], $4::integer[], $5::uuid[], $6::text[], $7::text[])
     AS line (number, line, detail, line_id, known, skipped)`,
);

/** Database statements for imported files of bank statements. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { preparedStatement } from "../../platform/prepared-statement";
import {
  changed,
  returned,
  type Claimed,
  type DueRow,
  type DueStatements,
  type Lease,
  type Renewal,
} from "../../platform/due-rows/statements";
import type { Fault } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import type { Movement, Skipped, StatementFormat } from "../statements";
import type { KnownLine, StatementBalance, StatementCounts } from "./bank-statement";
import type { KnownChain } from "./chain";

/** A file that is being imported. */
export interface StatementRow extends DueRow {
  readonly format: StatementFormat;
  readonly status: "READING" | "BOOKING";
  readonly iban: string | null;
  readonly gapReason: string | null;
  readonly uploadId: string | null;
  readonly importedBy: string;
}

export interface NewStatement {
  readonly id: string;
  readonly format: StatementFormat;
  readonly name: string | null;
  readonly iban: string | null;
  readonly gapReason: string | null;
  readonly uploadId: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly by: string;
  readonly status: "READING" | "BOOKING";
  readonly counts: Pick<StatementCounts, "read" | "known" | "skipped">;
  readonly leasedUntil: Date;
}

export interface NewStatementLine {
  readonly number: number;
  readonly line: number;
  readonly detail: number | null;
  readonly lineId: string | null;
  readonly known: "SAME" | "DIFFERS" | null;
  readonly skipped: Skipped["reason"] | null;
}

export class StatementBook implements DueStatements<StatementRow, void> {
  constructor(private readonly clock: Clock) {}

  async insert(tx: EntityManager, row: NewStatement): Promise<void> {
    const { id, format, name, iban, gapReason, uploadId, bytes, sha256, by, status, counts } = row;
    await tx.query(
      `INSERT INTO bank_statement (id, format, name, iban, gap_reason, upload_id, bytes, sha256, imported_at,
         imported_by, status, faults, read, known, skipped, matched, unmatched, leased_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '[]', $12, $13, $14, 0, 0, $15)`,
      [
        ...[id, format, name, iban, gapReason, uploadId, bytes, sha256, this.clock.now(), by, status],
        ...[counts.read, counts.known, counts.skipped, row.leasedUntil],
      ],
    );
  }

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
      `SELECT b.closing_cents AS "closingCents", b.closing_on::text AS "closingOn", b.base_cents AS "baseCents",
         b.gap_cents AS "gapCents", b.opening_on::text AS "openingOn",
         lag(b.closing_on) OVER newest_first::text AS "closedBefore"
       FROM bank_statement_balance b JOIN bank_statement s ON s.id = b.statement_id
       WHERE b.account = $1 WINDOW newest_first AS (ORDER BY b.closing_on, s.imported_at, b.nth)
       ORDER BY b.closing_on DESC, s.imported_at DESC, b.nth DESC`,
      [account],
    );
    const [newest] = rows;
    if (!newest) return null;
    const [base]: { baseCents: string }[] = await tx.query(
      `SELECT b.base_cents AS "baseCents" FROM bank_statement_balance b JOIN bank_statement s ON s.id = b.statement_id
       WHERE b.account = $1 ORDER BY s.imported_at DESC, s.id DESC, b.nth DESC LIMIT 1`,
      [account],
    );
    return {
      closing: { cents: integerOf(newest.closingCents), on: newest.closingOn },
      baseCents: integerOf(base?.baseCents ?? newest.baseCents),
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

  /** The lines are stored; they are booked next. */
  async stored(
    tx: EntityManager,
    id: string,
    { read, known, skipped, heldUntil, until }: Pick<StatementCounts, "read" | "known" | "skipped"> & Renewal,
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE bank_statement SET status = 'BOOKING', read = $3, known = $4, skipped = $5, leased_until = $6
         WHERE id = $1 AND status = 'READING' AND leased_until = $2`,
        [id, heldUntil, read, known, skipped, until],
      ),
    );
  }

  /** Counts lines that were booked and renews the lease. */
  async moveOn(
    tx: EntityManager,
    id: string,
    { matched, unmatched, heldUntil, until }: Pick<StatementCounts, "matched" | "unmatched"> & Renewal,
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE bank_statement SET matched = matched + $3, unmatched = unmatched + $4, leased_until = $5
         WHERE id = $1 AND ended_at IS NULL AND leased_until = $2`,
        [id, heldUntil, matched, unmatched, until],
      ),
    );
  }

  /** Ends the import of a file that cannot be imported. */
  async refuse(
    tx: EntityManager,
    id: string,
    { faults, heldUntil, until }: { readonly faults: readonly Fault[] } & Renewal,
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE bank_statement SET status = 'REFUSED', faults = $3, ended_at = $4, leased_until = $5
         WHERE id = $1 AND status = 'READING' AND leased_until = $2`,
        [id, heldUntil, JSON.stringify(faults), this.clock.now(), until],
      ),
    );
  }

  async claim(tx: EntityManager, { now, until }: Lease): Promise<StatementRow | null> {
    return returned(
      await tx.query(
        `UPDATE bank_statement SET leased_until = $2
         WHERE id = (SELECT id FROM bank_statement WHERE ended_at IS NULL AND leased_until <= $1
           ORDER BY imported_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING ${rowColumns}`,
        [now, until],
      ),
    );
  }

  /** A refused file has ended already. */
  async done(tx: EntityManager, { id, heldUntil }: Claimed<StatementRow>): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE bank_statement SET status = CASE status WHEN 'REFUSED' THEN status ELSE 'IMPORTED' END,
           ended_at = coalesce(ended_at, $3)
         WHERE id = $1 AND leased_until = $2`,
        [id, heldUntil, this.clock.now()],
      ),
    );
  }

  async retry(
    tx: EntityManager,
    { id, heldUntil }: Claimed<StatementRow>,
    { at }: { at: Date },
  ): Promise<boolean> {
    return changed(
      await tx.query(
        "UPDATE bank_statement SET leased_until = $3 WHERE id = $1 AND ended_at IS NULL AND leased_until = $2",
        [id, heldUntil, at],
      ),
    );
  }
}

const rowColumns = `id, format, status, iban, gap_reason AS "gapReason", upload_id AS "uploadId",
  imported_by AS "importedBy", 0 AS attempts, imported_at AS since`;

interface BalanceRow {
  readonly closingCents: string;
  readonly closingOn: string;
  readonly openingOn: string;
  readonly baseCents: string;
  readonly gapCents: string;
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
   SELECT $1, line.* FROM unnest($2::integer[], $3::integer[], $4::integer[], $5::uuid[], $6::text[], $7::text[])
     AS line (number, line, detail, line_id, known, skipped)`,
);

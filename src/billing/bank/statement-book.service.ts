/** Database statements for imported files of bank statements. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
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
import type { StatementFormat } from "../statements";
import type { StatementCounts } from "./bank-statement";

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

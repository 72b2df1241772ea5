/** Lists VAT that belongs to a month which was locked when the money of that month was booked. */
import type { EntityManager } from "typeorm";
import { vatRatesBasisPoints, type JournalCode, type VatTreatment } from "../../account/ledger";
import { integerOf } from "../../shared/integer";
import type { VatDueBy } from "./report-views";
import { dueBy } from "./vat-due-by";

export interface LateVat {
  /** "YYYY-MM" */
  readonly month: string;
  /** Days are "YYYY-MM-DD". */
  readonly movedOn: string;
  readonly datedOn: string;
  readonly journal: JournalCode;
  readonly year: number;
  readonly number: number;
  /** Position in the VAT of the entry. */
  readonly line: number;
  readonly piece: string;
  readonly documentId: string | null;
  readonly supplierId: string;
  readonly dueBy: VatDueBy;
  readonly treatment: VatTreatment;
  readonly rateBasisPoints: number;
  readonly netCents: number;
  readonly vatCents: number;
}

export interface LateVatPage {
  /** The month to which the VAT belongs, "YYYY-MM"; null for all. */
  readonly month: string | null;
  /** Day, journal, number and line of the last row of the page before. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

type Row = Omit<LateVat, "number" | "rateBasisPoints" | "netCents" | "vatCents"> & {
  readonly number: string;
  readonly net: string;
  readonly vat: string;
};

/** In the order of the days on which it is booked. The condition on the months is that of the index `entry_late`. */
export async function lateVat(tx: EntityManager, { month, after, limit }: LateVatPage): Promise<LateVat[]> {
  const rows: Row[] = await tx.query(
    `SELECT to_char(v.bank_day, 'YYYY-MM') AS month, v.bank_day::text AS "movedOn", v.dated::text AS "datedOn",
       v.journal, v.year, v.number, v.line, v.piece, d.id AS "documentId", v.supplier_id AS "supplierId",
       ${dueBy} AS "dueBy", v.treatment, v.net_cents AS net, v.vat_cents AS vat
     FROM vat_line v LEFT JOIN billing_document d ON v.cause_kind = 'DOCUMENT' AND d.id::text = v.cause_id
     WHERE date_trunc('month', v.dated::timestamp) > date_trunc('month', v.bank_day::timestamp)
       AND v.treatment <> 'PENALTY' AND ($1::text IS NULL OR to_char(v.bank_day, 'YYYY-MM') = $1)
       AND ($2::text IS NULL OR (v.dated::text, v.journal, v.number, v.line::bigint) > ($2, $3, $4::bigint, $5::bigint))
     ORDER BY v.dated, v.journal, v.number, v.line LIMIT $6`,
    [month, ...(after ?? [null, null, null, null]), limit],
  );
  return rows.map(({ net, vat, number, ...row }) => ({
    ...{ ...row, number: integerOf(number), rateBasisPoints: vatRatesBasisPoints[row.treatment] },
    ...{ netCents: integerOf(net), vatCents: integerOf(vat) },
  }));
}

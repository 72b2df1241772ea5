/** Reports of finance: VAT by month, EU services, aged receivables, the journals and the FEC. */
import type { EntityManager } from "typeorm";
import {
  declaredTreatments,
  vatRatesBasisPoints,
  type JournalCode,
  type VatTreatment,
} from "../../account/ledger";
import { spanOfMonth } from "../../shared/accounting-month";
import { dateIn } from "../../shared/calendar";
import { integerOf } from "../../shared/integer";
import { fecPage } from "./fec-lines.service";
import { lineColumns, lineOf, linesPerPage, type EntryLineRow } from "./entry-lines";
import { dueBy } from "./vat-due-by";
import { journalText } from "./journal-text";
import type {
  AgedReceivable,
  EuService,
  LinesPage,
  ReceivablesPage,
  VatDueBy,
  VatSummaryLine,
} from "./report-views";

export class ReportsService {
  /** VAT that became due in a month, by treatment and by what made it due, for the VAT return (CA3). */
  async vatSummary(tx: EntityManager, month: string): Promise<VatSummaryLine[]> {
    const [from, until] = daysOf(month);
    const rows: VatRow[] = await tx.query(
      `SELECT v.treatment, ${dueBy} AS "dueBy", sum(v.net_cents) AS net, sum(v.vat_cents) AS vat
       FROM vat_line v LEFT JOIN billing_document d ON v.cause_kind = 'DOCUMENT' AND d.id::text = v.cause_id
       WHERE v.dated >= $1 AND v.dated < $2 AND v.treatment <> 'PENALTY' GROUP BY 1, 2 ORDER BY 1, 2`,
      [from, until],
    );
    return rows.map(({ treatment, dueBy: by, net, vat }) => ({
      ...{ treatment, dueBy: by, rateBasisPoints: vatRatesBasisPoints[treatment] },
      ...{ netCents: integerOf(net), vatCents: integerOf(vat) },
    }));
  }

  /**
   * Services to EU suppliers in a month, for the EU services declaration (DES). Where the customer owes the VAT it is
   * chargeable when the service is performed, or with the advance paid before, and never with a later payment (CGI
   * 269-2-c). So an invoice counts in the month of its last lead and without the advances it uses, and a deposit invoice
   * or a credit note in the month of its issue. The VAT number is the one on the document.
   */
  async euServices(tx: EntityManager, month: string): Promise<EuService[]> {
    const [from, until] = daysOf(month);
    const rows: (Omit<EuService, "netCents"> & { net: string })[] = await tx.query(
      `SELECT "supplierId", country, "vatNumber", sum(net) AS net
       FROM (SELECT supplier_id AS "supplierId", content->'buyer'->>'country' AS country,
           content->'buyer'->>'vatNumber' AS "vatNumber",
           CASE kind WHEN 'CREDIT_NOTE' THEN -net_cents ELSE net_cents - advance_net_cents END AS net
         FROM billing_document WHERE treatment = ANY ($3) AND
           CASE kind WHEN 'INVOICE' THEN coalesce((content->'period'->>'to')::date, issued_on) ELSE issued_on END
             BETWEEN $1 AND $2::date - 1) documents
       GROUP BY 1, 2, 3 HAVING sum(net) <> 0 ORDER BY 2, 3, 1`,
      [from, until, declaredTreatments],
    );
    return rows.map(({ net, ...row }) => ({ ...row, netCents: integerOf(net) }));
  }

  /** Outstanding invoice amounts by days overdue on a day ("YYYY-MM-DD"), largest first. */
  async agedReceivables(
    tx: EntityManager,
    { day, after, limit }: ReceivablesPage,
  ): Promise<AgedReceivable[]> {
    const rows: Record<keyof AgedReceivable, string>[] = await tx.query(
      `SELECT "supplierId", "openCents", "notDueCents", "upTo30DaysCents", "upTo60DaysCents", "upTo90DaysCents", "olderCents"
       FROM (SELECT supplier_id AS "supplierId", sum(open) AS "openCents",
         coalesce(sum(open) FILTER (WHERE late <= 0), 0) AS "notDueCents",
         coalesce(sum(open) FILTER (WHERE late BETWEEN 1 AND 30), 0) AS "upTo30DaysCents",
         coalesce(sum(open) FILTER (WHERE late BETWEEN 31 AND 60), 0) AS "upTo60DaysCents",
         coalesce(sum(open) FILTER (WHERE late BETWEEN 61 AND 90), 0) AS "upTo90DaysCents",
         coalesce(sum(open) FILTER (WHERE late > 90), 0) AS "olderCents"
       FROM (SELECT supplier_id, $1::date - coalesce(due_on, issued_on) AS late, net_cents + vat_cents AS open
         FROM open_document) invoices
       WHERE open > 0 GROUP BY supplier_id) aged
       WHERE $2::bigint IS NULL OR "openCents" < $2 OR "openCents" = $2 AND "supplierId" > $3::uuid
       ORDER BY "openCents" DESC, "supplierId" LIMIT $4`,
      [day, after?.openCents ?? null, after?.supplierId ?? null, limit],
    );
    return rows.map(({ supplierId, ...amounts }) => ({
      supplierId,
      openCents: integerOf(amounts.openCents),
      notDueCents: integerOf(amounts.notDueCents),
      upTo30DaysCents: integerOf(amounts.upTo30DaysCents),
      upTo60DaysCents: integerOf(amounts.upTo60DaysCents),
      upTo90DaysCents: integerOf(amounts.upTo90DaysCents),
      olderCents: integerOf(amounts.olderCents),
    }));
  }

  /** A page of a month's entry lines, of one journal or all, ordered by journal and number. */
  async journal(
    tx: EntityManager,
    { month, journal }: { month: string; journal: JournalCode | null },
    after: readonly string[] | null,
  ): Promise<LinesPage> {
    const [from, until] = daysOf(month);
    const rows: EntryLineRow[] = await tx.query(
      `${lineColumns}
       WHERE e.dated >= $1 AND e.dated < $2 AND ($3::text IS NULL OR e.journal = $3)
         AND ($4::text IS NULL OR (e.journal, e.number, e.line) > ($4, $5::bigint, $6::smallint))
       ORDER BY e.journal, e.number, e.line LIMIT $7`,
      [from, until, journal, ...(after ?? [null, null, null]), linesPerPage],
    );
    const last = rows.length === linesPerPage ? rows.at(-1) : undefined;
    return {
      lines: rows.map((row) => journalText(lineOf(row))),
      after: last ? [last.journal, last.number, String(last.line)] : null,
    };
  }

  /** A page of a year's entry lines in the order they were written, after the opening balances. */
  fec(tx: EntityManager, year: number, after: readonly string[] | null): Promise<LinesPage> {
    return fecPage(tx, year, after);
  }
}

interface VatRow {
  readonly treatment: VatTreatment;
  readonly dueBy: VatDueBy;
  readonly net: string;
  readonly vat: string;
}

function daysOf(month: string): [from: string, until: string] {
  const { start, end } = spanOfMonth(month);
  return [dateIn("Europe/Paris", start), dateIn("Europe/Paris", end)];
}

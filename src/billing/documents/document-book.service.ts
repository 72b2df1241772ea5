/**
 * Read model of billing documents. Row-level security restricts a supplier to its own documents; staff can
 * read all.
 */
import type { EntityManager } from "typeorm";
import { notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type { BillingDocument } from "./document";
import type { StatementRow } from "./lead-statement";
import type { BilledLead, DocumentView, InvoicePreview } from "./document-view";

interface Row {
  readonly id: string;
  readonly supplier_id: string;
  readonly content: BillingDocument;
  readonly open_cents: string;
  readonly issued_at: Date;
}

const documents = `
  SELECT d.id, d.supplier_id, d.content, d.issued_at,
    coalesce((SELECT net_cents + vat_cents FROM open_document WHERE id = d.id), 0) AS open_cents
  FROM billing_document d`;

export class DocumentBook {
  async one(tx: EntityManager, id: string): Promise<DocumentView> {
    const rows: Row[] = isId(id) ? await tx.query(`${documents} WHERE d.id = $1`, [id]) : [];
    const [row] = rows;
    if (!row) throw notFound("document");
    return viewOf(row);
  }

  /** Those of these documents that the transaction may see, by id. */
  async byIds(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, DocumentView>> {
    const rows: Row[] = await tx.query(`${documents} WHERE d.id = ANY ($1)`, [ids]);
    return new Map(rows.map((row) => [row.id, viewOf(row)]));
  }

  /** What a supplier has outstanding on its invoices, including VAT. */
  async openInclVatCents(tx: EntityManager, supplierId: string): Promise<number> {
    const rows: { cents: string }[] = await tx.query(
      "SELECT coalesce(sum(net_cents + vat_cents), 0) AS cents FROM open_document WHERE supplier_id = $1",
      [supplierId],
    );
    return Number(rows[0]?.cents);
  }

  /** The leads of a document by posting number, oldest first. */
  async leads(tx: EntityManager, id: string, page: { after: number; limit: number }): Promise<BilledLead[]> {
    const rows: (Omit<BilledLead, "number" | "amountCents"> & { number: string; amountCents: string })[] =
      await tx.query(
        `SELECT p.number, p.cause_id AS "leadId", p.at, p.kind, p.amount_cents AS "amountCents"
         FROM billed_posting b
         JOIN ledger_posting p ON p.supplier_id = b.supplier_id AND p.number = b.posting_number
         WHERE b.document_id = $1 AND b.posting_number > $2 ORDER BY b.posting_number LIMIT $3`,
        [id, page.after, page.limit],
      );
    return rows.map((row) => ({
      ...row,
      number: integerOf(row.number),
      amountCents: integerOf(row.amountCents),
    }));
  }

  /** A supplier's charges and credits between two instants, oldest first. */
  async statement(
    tx: EntityManager,
    { supplierId, start, end }: { supplierId: string; start: Date; end: Date },
  ): Promise<StatementRow[]> {
    const rows: (Omit<StatementRow, "at" | "netCents"> & { at: Date; netCents: string })[] = await tx.query(
      `SELECT p.at, p.cause_id AS "leadId", c.product_id AS product, p.kind, p.vat AS "vatTreatment",
         CASE p.kind WHEN 'CHARGE' THEN p.amount_cents ELSE -p.amount_cents END AS "netCents",
         coalesce(d.name, '') AS document
       FROM ledger_posting p
       JOIN delivered_lead l ON l.month = month_of_id(p.cause_id::uuid) AND l.id = p.cause_id::uuid
       JOIN campaign_summary c ON c.id = l.campaign_id
       LEFT JOIN billed_posting b ON b.supplier_id = p.supplier_id AND b.posting_number = p.number
       LEFT JOIN billing_document d ON d.id = b.document_id
       WHERE p.supplier_id = $1 AND p.at >= $2 AND p.at < $3 AND p.kind IN ('CHARGE', 'CREDIT') ORDER BY p.number`,
      [supplierId, start, end],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString(), netCents: integerOf(row.netCents) }));
  }

  /**
   * Suppliers with charges or credits before the given instant that are not on any document, by id. All of them
   * unless a page is given.
   */
  async previews(
    tx: EntityManager,
    before: Date,
    page: { after: string | null; limit: number | null } = { after: null, limit: null },
  ): Promise<InvoicePreview[]> {
    const rows: Record<"supplier_id" | "leads" | "net" | "credited", string>[] = await tx.query(
      `SELECT p.supplier_id, count(*) FILTER (WHERE p.kind = 'CHARGE') AS leads,
         coalesce(sum(p.amount_cents) FILTER (WHERE p.kind = 'CHARGE'), 0) AS net,
         coalesce(sum(p.amount_cents) FILTER (WHERE p.kind = 'CREDIT'), 0) AS credited
       FROM ledger_posting p WHERE p.at < $1 AND ($2::uuid IS NULL OR p.supplier_id > $2) AND p.kind IN ('CHARGE', 'CREDIT') AND NOT EXISTS (
         SELECT FROM billed_posting b WHERE b.supplier_id = p.supplier_id AND b.posting_number = p.number)
       GROUP BY p.supplier_id ORDER BY p.supplier_id LIMIT $3`,
      [before, page.after, page.limit],
    );
    return rows.map((row) => ({
      supplierId: row.supplier_id,
      leads: integerOf(row.leads),
      netCents: integerOf(row.net),
      creditedNetCents: integerOf(row.credited),
    }));
  }
}

const viewOf = (row: Row): DocumentView => ({
  id: row.id,
  supplierId: row.supplier_id,
  document: row.content,
  openCents: integerOf(row.open_cents),
  issuedAt: row.issued_at,
});

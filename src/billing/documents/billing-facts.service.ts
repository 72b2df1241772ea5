/**
 * Open items of a supplier: unbilled postings, advances and open invoices. Read while its account is locked,
 * so nothing changes before the commit.
 */
import type { EntityManager } from "typeorm";
import type { VatTreatment } from "../../account/ledger";
import { preparedStatement } from "../../platform/prepared-statement";
import { integerOf } from "../../shared/integer";
import type { Advance } from "./advances";
import type { DocumentReference } from "./document";
import type { Unbilled } from "./draft";
import type { OpenDocument } from "./settle";

export interface HeldAdvance extends Advance, DocumentReference {
  readonly treatment: VatTreatment;
  /** The payment it came from; null if it is the paid part of a credit note. */
  readonly causeId: string | null;
  /** The invoice whose credit note it is the paid part of; null if it came from a payment. */
  readonly keptOf: string | null;
}

export type UndocumentedAdvance = Omit<HeldAdvance, "causeId" | "keptOf">;

export interface OpenInvoice extends OpenDocument, DocumentReference {
  readonly treatment: VatTreatment;
  readonly onDebits: boolean;
}

/** An invoice and the net amount already credited on it. */
export interface Corrected extends OpenInvoice {
  readonly creditedNetCents: number;
}

type Row<T> = { readonly [K in keyof T]: T[K] extends number ? string | number : T[K] };

export class BillingFacts {
  /** Charges and credits before the given instant that are not on any document. */
  async unbilled(tx: EntityManager, supplierId: string, before: Date): Promise<Unbilled[]> {
    const rows = await unbilledOf(tx, [supplierId, before]);
    return rows.map((row) => ({
      ...row,
      number: integerOf(row.number),
      amountCents: integerOf(row.amountCents),
    }));
  }

  /** Advances with their remaining amounts, oldest first. */
  async advances(tx: EntityManager, supplierId: string): Promise<HeldAdvance[]> {
    return (await advancesOf(tx, [supplierId])).map(inNumbers);
  }

  /** Paid parts of credit notes that were kept before such amounts had a deposit invoice. */
  async undocumentedAdvances(tx: EntityManager, supplierId: string): Promise<UndocumentedAdvance[]> {
    return (await undocumentedOf(tx, [supplierId])).map(inNumbers);
  }

  /** Oldest first. */
  async openInvoices(tx: EntityManager, supplierId: string): Promise<OpenInvoice[]> {
    const rows = (await invoicesOf(tx, [supplierId, null])).map(inNumbers);
    return rows.filter(({ netCents, vatCents }) => netCents + vatCents > 0);
  }

  async invoice(tx: EntityManager, supplierId: string, id: string): Promise<Corrected> {
    const [row] = await invoicesOf(tx, [supplierId, [id]]);
    if (!row) throw new Error("A posting refers to an invoice that does not exist.");
    return { ...inNumbers(row), creditedNetCents: integerOf(row.creditedNetCents) };
  }
}

const inNumbers = <T extends { netCents: string | number; vatCents: string | number }>(
  row: T,
): T & { netCents: number; vatCents: number } => ({
  ...row,
  netCents: integerOf(row.netCents),
  vatCents: integerOf(row.vatCents),
});

const unbilledOf = preparedStatement<Row<Unbilled>>(
  "billing.unbilled",
  `SELECT p.number, p.kind, p.amount_cents AS "amountCents", p.vat AS treatment, p.cause_id AS "leadId",
     c.product_id AS product, (p.at AT TIME ZONE 'Europe/Paris')::date::text AS day,
     (SELECT b.document_id FROM ledger_posting charge JOIN billed_posting b
        ON b.supplier_id = charge.supplier_id AND b.posting_number = charge.number
      WHERE p.kind = 'CREDIT' AND charge.supplier_id = p.supplier_id AND charge.kind = 'CHARGE'
        AND charge.cause_kind = 'DELIVERY' AND charge.cause_id = p.cause_id) AS "chargedOn"
   FROM ledger_posting p
   JOIN delivered_lead d ON d.month = month_of_id(p.cause_id::uuid) AND d.id = p.cause_id::uuid
   JOIN campaign_summary c ON c.id = d.campaign_id
   WHERE p.supplier_id = $1 AND p.at < $2 AND p.kind IN ('CHARGE', 'CREDIT')
     AND NOT EXISTS (SELECT FROM billed_posting b
       WHERE b.supplier_id = p.supplier_id AND b.posting_number = p.number)
   ORDER BY p.number`,
);

const advancesOf = preparedStatement<Row<HeldAdvance>>(
  "billing.advances",
  `SELECT a.document_id AS id, coalesce(made_up.name, d.name) AS name,
     coalesce(made_up.issued_on, d.issued_on)::text AS "issuedOn", a.treatment, a.cause_id AS "causeId",
     coalesce(note.corrects, CASE d.kind WHEN 'CREDIT_NOTE' THEN d.corrects END) AS "keptOf",
     a.net_cents - coalesce(used.net, 0) AS "netCents", a.vat_cents - coalesce(used.vat, 0) AS "vatCents"
   FROM advance a JOIN billing_document d ON d.id = a.document_id
   LEFT JOIN billing_document note ON note.id = d.corrects AND d.kind = 'DEPOSIT'
   LEFT JOIN billing_document made_up ON made_up.corrects = d.id AND made_up.kind = 'DEPOSIT'
   LEFT JOIN LATERAL (SELECT sum(net_cents) AS net, sum(vat_cents) AS vat FROM advance_use
     WHERE advance_id = a.document_id) AS used ON true
   WHERE a.supplier_id = $1 AND (a.net_cents, a.vat_cents) IS DISTINCT FROM (used.net, used.vat)
   ORDER BY a.at, a.document_id`,
);

const undocumentedOf = preparedStatement<Row<UndocumentedAdvance>>(
  "billing.undocumented",
  `SELECT d.id, d.name, d.issued_on::text AS "issuedOn", a.treatment, a.net_cents AS "netCents",
     a.vat_cents AS "vatCents"
   FROM advance a JOIN billing_document d ON d.id = a.document_id
   WHERE a.supplier_id = $1 AND d.kind = 'CREDIT_NOTE' AND a.net_cents > 0
     AND NOT EXISTS (SELECT FROM billing_document k WHERE k.corrects = d.id AND k.kind = 'DEPOSIT')
   ORDER BY a.at, a.document_id`,
);

const invoicesOf = preparedStatement<Row<Corrected>>(
  "billing.invoices",
  `SELECT d.id, d.name, d.issued_on::text AS "issuedOn", d.treatment, d.on_debits AS "onDebits",
     d.net_cents AS "netCents", d.vat_cents AS "vatCents",
     (SELECT coalesce(sum(net_cents), 0) FROM billing_document n WHERE n.corrects = d.id) AS "creditedNetCents"
   FROM open_document d
   WHERE d.supplier_id = $1 AND ($2::uuid[] IS NULL OR d.id = ANY ($2))
   ORDER BY d.issued_at, d.id`,
);

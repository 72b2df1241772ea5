/** The invoices that a reversed payment had settled: which of them are open again, and by how much. */
import type { EntityManager } from "typeorm";
import type { VatTreatment } from "../../account/ledger";
import { preparedStatement } from "../../platform/prepared-statement";
import { integerOf } from "../../shared/integer";
import type { OpenDocument } from "./settle";

export interface Reopened extends OpenDocument {
  readonly treatment: VatTreatment;
  readonly onDebits: boolean;
}

type Row = Omit<Reopened, "netCents" | "vatCents"> & { readonly netCents: string; readonly vatCents: string };

/** What the payment settled, plus what invoices used of its advance, less what earlier disputes reopened. */
export async function reopenedBy(
  tx: EntityManager,
  paid: readonly string[],
  earlier: readonly string[],
): Promise<Reopened[]> {
  return (await reopened(tx, [paid, earlier])).map((row) => ({
    ...row,
    netCents: integerOf(row.netCents),
    vatCents: integerOf(row.vatCents),
  }));
}

const reopened = preparedStatement<Row>(
  "payment.reopened",
  `SELECT d.id, d.treatment, d.on_debits AS "onDebits", sum(part.net) AS "netCents", sum(part.vat) AS "vatCents"
   FROM (SELECT document_id, net_cents AS net, vat_cents AS vat FROM settlement
         WHERE cause_id = ANY ($1) AND kind = 'PAYMENT'
         UNION ALL
         SELECT u.cause_id::uuid, u.net_cents, u.vat_cents FROM advance a JOIN advance_use u ON u.advance_id = a.document_id
         WHERE a.cause_id = ANY ($1)
         UNION ALL
         SELECT document_id, net_cents, vat_cents FROM settlement WHERE cause_id = ANY ($2) AND kind = 'PAYMENT_LOST') part
   JOIN billing_document d ON d.id = part.document_id AND d.kind = 'INVOICE'
   GROUP BY d.id HAVING sum(part.net) + sum(part.vat) > 0 ORDER BY d.id`,
);

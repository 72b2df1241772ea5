/** Checks who is said to have paid, and for what. */
import type { EntityManager } from "typeorm";
import type { SupplierBook } from "../../account/suppliers";
import { notFound } from "../../shared/errors";
import { isId } from "../../shared/months";

interface Payer {
  readonly supplierId: string;
  readonly documentId?: string | null;
}

/** Throws NOT_FOUND unless the supplier exists and the document, if there is one, is an invoice of it. */
export async function checkPayer(tx: EntityManager, suppliers: SupplierBook, payer: Payer): Promise<void> {
  await suppliers.one(tx, payer.supplierId);
  await checkInvoice(tx, payer);
}

/** Throws NOT_FOUND unless this is an invoice of the supplier. */
export async function checkInvoice(tx: EntityManager, { supplierId, documentId }: Payer): Promise<void> {
  if (documentId === null || documentId === undefined) return;
  const rows: unknown[] = isId(documentId)
    ? await tx.query("SELECT FROM billing_document WHERE id = $1 AND supplier_id = $2 AND kind = 'INVOICE'", [
        documentId,
        supplierId,
      ])
    : [];
  if (rows.length === 0) throw notFound("invoice of this supplier");
}

/**
 * Loads the records a bank statement line may match: by its reference, its amount, and the document numbers
 * and SIRENs in its text.
 */
import type { EntityManager } from "typeorm";
import { documentNames, sirens, type Known } from "./match-line";
import type { StatementLine } from "./statement-line";
import { integerOf } from "../../shared/integer";

interface Amount {
  readonly reference: string;
  readonly id: string;
  readonly cents: string;
}

export class KnownFacts {
  async about(tx: EntityManager, line: StatementLine): Promise<Known> {
    const names = line.remittance.toUpperCase().match(documentNames) ?? [];
    const numbers = (`${line.remittance} ${line.counterparty}`.match(sirens) ?? []).map((one) =>
      one.replaceAll(" ", ""),
    );
    const transfers: Amount[] = await tx.query(
      "SELECT bank_reference AS reference, id, amount_incl_vat_cents AS cents FROM bank_transfer WHERE bank_reference = $1",
      [line.reference],
    );
    const refunds: Amount[] = await tx.query(
      // One transfer pays all credit notes of a refund: there is one for each VAT treatment.
      `SELECT bank_reference AS reference, min(document_id::text) AS id, -sum(amount_incl_vat_cents) AS cents
       FROM bank_refund WHERE bank_reference = $1 GROUP BY bank_reference`,
      [line.reference],
    );
    const payouts: { id: string; cents: string; arrivesOn: string }[] = await tx.query(
      `SELECT p.id, p.amount_cents AS cents, p.arrives_on::text AS "arrivesOn" FROM stripe_payout p
       WHERE p.amount_cents = $1 AND NOT EXISTS (
         SELECT FROM bank_line b WHERE b.matched_kind = 'PAYOUT' AND b.matched_id = p.id) ORDER BY p.arrives_on`,
      [line.amountCents],
    );
    const documents: { name: string; id: string; supplierId: string }[] = await tx.query(
      `SELECT name, id, supplier_id AS "supplierId" FROM billing_document WHERE name = ANY ($1)`,
      [names],
    );
    const suppliers: { siren: string; id: string }[] = await tx.query(
      "SELECT siren, supplier_id AS id FROM supplier_profile WHERE siren = ANY ($1) AND NOT sandbox",
      [numbers],
    );
    return {
      transfers: byReference(transfers),
      refunds: byReference(refunds),
      payouts: payouts.map(({ cents, ...payout }) => ({ ...payout, amountCents: integerOf(cents) })),
      documents: new Map(documents.map((document) => [document.name, document])),
      suppliers: new Map(suppliers.map(({ siren, id }) => [siren, id])),
    };
  }
}

const byReference = (rows: readonly Amount[]): Map<string, { id: string; amountCents: number }> =>
  new Map(rows.map(({ reference, id, cents }) => [reference, { id, amountCents: integerOf(cents) }]));

/** Loads what lines of bank statements may match: recorded money, earlier lines, documents and suppliers. */
import type { EntityManager } from "typeorm";
import { preparedStatement } from "../../platform/prepared-statement";
import { integerOf } from "../../shared/integer";
import { companyNumbersIn, documentNumbersIn } from "../statements";
import type { StoredLine } from "./bank-line";
import { nearDays, type Earlier, type Expected, type LineFacts } from "./decide-line";

type Row<T> = Omit<T, "amountCents"> & { readonly amountCents: string };

export class LineFactsReader {
  /** Call it under the bank's lock, unless the answer is only shown. */
  async about(tx: EntityManager, lines: readonly StoredLine[]): Promise<LineFacts> {
    const [expected, earlier, named] = await Promise.all([
      this.expected(tx, lines),
      this.earlier(tx, lines),
      this.named(tx, lines),
    ]);
    return { expected, earlier, ...named };
  }

  /** Documents and suppliers that the texts name. */
  async named(
    tx: EntityManager,
    lines: readonly Pick<StoredLine, "remittance" | "counterparty">[],
  ): Promise<Pick<LineFacts, "documents" | "suppliers">> {
    const names = distinct(lines.flatMap(({ remittance }) => documentNumbersIn(remittance)));
    const numbers = distinct(
      lines.flatMap(({ remittance, counterparty }) => companyNumbersIn(`${remittance} ${counterparty}`)),
    );
    const [documents, suppliers] = await Promise.all([
      documentsNamed(tx, [names]),
      suppliersNamed(tx, [numbers]),
    ]);
    return {
      documents: new Map(documents.map((document) => [document.name, document])),
      suppliers: byNumber(suppliers),
    };
  }

  private async expected(tx: EntityManager, lines: readonly StoredLine[]): Promise<Expected[]> {
    const days = lines.map(({ bookedOn }) => bookedOn).sort();
    const rows = await expectedMoney(tx, [
      distinct(lines.flatMap(namesOf)),
      distinct(lines.map(({ amountCents }) => amountCents)),
      days[0] ?? null,
      days.at(-1) ?? null,
      nearDays,
    ]);
    return rows.map((row) => ({ ...row, amountCents: integerOf(row.amountCents) }));
  }

  private async earlier(tx: EntityManager, lines: readonly StoredLine[]): Promise<Earlier[]> {
    const takingBack = lines.map(({ amountCents }) => -amountCents);
    const [firstDay = null] = lines.map(({ bookedOn }) => bookedOn).sort();
    const rows = await earlierLines(tx, [distinct(takingBack), firstDay]);
    return rows.map((row) => ({ ...row, amountCents: integerOf(row.amountCents) }));
  }
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

const namesOf = ({ reference, endToEndId, transactionId }: StoredLine): string[] =>
  [reference, endToEndId, transactionId].flatMap((name) => name ?? []);

const unmatched = (kind: string, id: string): string => `NOT EXISTS (SELECT FROM bank_line_part p
  WHERE p.kind = '${kind}' AND p.subject_id = ${id} AND p.undone_at IS NULL)`;

/** Money recorded by hand or paid out by Stripe, for which no line has arrived. */
const expectedMoney = preparedStatement<Row<Expected>>(
  "bank.expected",
  `SELECT kind, id, reference, "supplierId", "amountCents", "on" FROM (
     SELECT 'TRANSFER' AS kind, t.id::text AS id, t.bank_reference AS reference, t.supplier_id AS "supplierId",
       t.amount_incl_vat_cents AS "amountCents", t.received_on::text AS "on"
     FROM bank_transfer t WHERE t.line_id IS NULL AND t.reversed_at IS NULL AND ${unmatched("TRANSFER", "t.id::text")}
     UNION ALL
     SELECT 'REFUND', min(r.document_id::text), r.bank_reference, min(r.supplier_id::text)::uuid,
       -sum(r.amount_incl_vat_cents), min(r.paid_on)::text
     FROM bank_refund r GROUP BY r.supplier_id, r.bank_reference, r.paid_on
     HAVING ${unmatched("REFUND", "min(r.document_id::text)")}
     UNION ALL
     SELECT 'PAYOUT', o.id, o.id, NULL, o.amount_cents, o.arrives_on::text
     FROM stripe_payout o WHERE o.amount_cents <> 0 AND ${unmatched("PAYOUT", "o.id")}) money
   WHERE reference = ANY ($1::text[]) OR "amountCents" = ANY ($2::bigint[])
     AND "on"::date BETWEEN $3::date - $5::integer AND $4::date + $5::integer
   ORDER BY "on", id`,
);

/** Lines of the last thirteen months, the longest time in which a direct debit can be taken back. */
const earlierLines = preparedStatement<Row<Earlier>>(
  "bank.earlier",
  `SELECT b.id AS "lineId", min(p.kind) AS kind, b.amount_cents AS "amountCents", b.reference,
     CASE WHEN min(p.supplier_id::text) = max(p.supplier_id::text) THEN min(p.supplier_id::text) END AS "supplierId",
     b.end_to_end_id AS "endToEndId", b.transaction_id AS "transactionId"
   FROM bank_line b JOIN bank_line_part p ON p.line_id = b.id AND p.undone_at IS NULL
   WHERE b.amount_cents = ANY ($1::bigint[]) AND b.open_cents = 0
     AND b.booked_on >= $2::date - interval '13 months'
     AND NOT EXISTS (SELECT FROM bank_line_part r WHERE r.kind = 'RECALL' AND r.undone_at IS NULL
       AND r.subject_id = p.subject_id)
   GROUP BY b.id
   HAVING min(p.kind) = max(p.kind) AND min(p.kind) IN ('TRANSFER', 'REFUND') AND sum(p.amount_cents) = b.amount_cents
   ORDER BY b.booked_on DESC, b.id LIMIT 1000`,
);

/** A register number may belong to several: German courts count from 1 each. */
function byNumber(suppliers: readonly NumberedSupplier[]): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { identifiers, id } of suppliers)
    for (const number of identifiers) found.set(number, [...(found.get(number) ?? []), id]);
  return found;
}

interface NumberedSupplier {
  readonly identifiers: readonly string[];
  readonly id: string;
}

const documentsNamed = preparedStatement<{ name: string; id: string; supplierId: string }>(
  "bank.documents-named",
  `SELECT name, id, supplier_id AS "supplierId" FROM billing_document WHERE name = ANY ($1)`,
);

const suppliersNamed = preparedStatement<NumberedSupplier>(
  "bank.suppliers-named",
  `SELECT identifiers, supplier_id AS id FROM supplier_profile
   WHERE (siren = ANY ($1) OR register_number = ANY ($1) OR vat_number = ANY ($1)) AND NOT sandbox`,
);

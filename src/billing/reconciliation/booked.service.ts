/**
 * Finds everything the books contain about one subject, by its id or reference: the way from a difference to
 * its cause.
 */
import type { EntityManager } from "typeorm";
import { letteringCode } from "../../account/ledger";
import { notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type { Booked, BookedEntry, BookedLine, BookedObject, BookedPosting } from "./booked-view";

const mostPostings = 100;
const mostEntries = 50;

export class BookedService {
  async of(tx: EntityManager, subject: string): Promise<Booked> {
    const named: BookedObject[] = await tx.query(objectsBy, [subject]);
    const objects = [...named, ...(isId(subject) ? await byId(tx, subject) : [])];
    const acts = await actsOn(tx, [subject, ...objects.map(({ id }) => id)]);
    const ids = [...new Set([subject, ...objects.map(({ id }) => id), ...acts])];
    const entries = await entriesOf(tx, ids, subject);
    if (objects.length === 0 && entries.length === 0) throw notFound("lead, document, payment or reference");
    return { subject, objects, postings: await postingsOf(tx, objects, ids), entries };
  }
}

/** Looks the subject up by Stripe's ids, by the bank's reference and by document number. */
const objectsBy = `
  SELECT 'DOCUMENT' AS kind, id::text AS id, supplier_id AS "supplierId" FROM billing_document WHERE name = $1
  UNION ALL SELECT 'REFUND', id::text, supplier_id FROM stripe_refund WHERE refund_id = $1
  UNION ALL SELECT 'DOCUMENT', document_id::text, supplier_id FROM stripe_refund WHERE refund_id = $1
  UNION ALL SELECT 'PAYOUT', id, NULL FROM stripe_payout WHERE id = $1
  UNION ALL SELECT 'TRANSFER', id::text, supplier_id FROM bank_transfer WHERE bank_reference = $1
  UNION ALL SELECT 'BANK_LINE', id::text, NULL FROM bank_line WHERE reference = $1`;

const byId = (tx: EntityManager, id: string): Promise<BookedObject[]> =>
  tx.query(
    `SELECT 'LEAD' AS kind, id::text AS id, supplier_id AS "supplierId" FROM delivered_lead
     WHERE month = month_of_id($1::uuid) AND id = $1::uuid
     UNION ALL SELECT 'DOCUMENT', b.document_id::text, d.supplier_id FROM delivered_lead d
     JOIN ledger_posting p ON p.supplier_id = d.supplier_id AND p.cause_kind = 'DELIVERY' AND p.cause_id = d.id::text
     JOIN billed_posting b ON b.supplier_id = p.supplier_id AND b.posting_number = p.number
     WHERE d.month = month_of_id($1::uuid) AND d.id = $1::uuid
     UNION ALL SELECT 'DOCUMENT', id::text, supplier_id FROM billing_document WHERE id = $1::uuid
     UNION ALL SELECT 'PAYMENT', id::text, supplier_id FROM stripe_payment WHERE id = $1::uuid
     UNION ALL SELECT 'TRANSFER', id::text, supplier_id FROM bank_transfer WHERE id = $1::uuid
     UNION ALL SELECT 'BANK_LINE', id::text, NULL FROM bank_line WHERE id = $1::uuid
     UNION ALL SELECT DISTINCT 'BANK_LINE', line_id::text, NULL::uuid FROM bank_line_part WHERE subject_id = $1::text`,
    [id],
  );

/** What lines were matched with and what was taken back, by the ids of lines or of what they were matched with. */
async function actsOn(tx: EntityManager, ids: readonly string[]): Promise<string[]> {
  const rows: { id: string; undoId: string | null; subjectId: string }[] = await tx.query(
    `SELECT id, undo_id AS "undoId", subject_id AS "subjectId" FROM bank_line_part
     WHERE line_id::text = ANY ($1) OR subject_id = ANY ($1)`,
    [ids],
  );
  return rows.flatMap(({ id, undoId, subjectId }) => [id, subjectId, ...(undoId === null ? [] : [undoId])]);
}

type Counted<T> = { readonly [K in keyof T]: T[K] extends number ? string : T[K] };

async function postingsOf(
  tx: EntityManager,
  objects: readonly BookedObject[],
  ids: readonly string[],
): Promise<BookedPosting[]> {
  const suppliers = [...new Set(objects.flatMap(({ supplierId }) => supplierId ?? []))];
  const rows: Counted<BookedPosting>[] = await tx.query(
    `SELECT supplier_id AS "supplierId", number, at, kind, debit AS "debitAccount", credit AS "creditAccount",
       amount_cents AS "amountCents" FROM ledger_posting
     WHERE supplier_id = ANY ($1::uuid[]) AND cause_id = ANY ($2) ORDER BY at, number LIMIT $3`,
    [suppliers, ids, mostPostings],
  );
  return rows.map((row) => ({
    ...row,
    number: integerOf(row.number),
    amountCents: integerOf(row.amountCents),
  }));
}

interface EntryRow extends Omit<BookedEntry, "number" | "lines"> {
  readonly number: string;
  readonly lines: readonly (Omit<BookedLine, "lettering"> & { readonly lettering: number })[];
}

async function entriesOf(tx: EntityManager, ids: readonly string[], piece: string): Promise<BookedEntry[]> {
  const rows: EntryRow[] = await tx.query(
    `SELECT e.journal, e.year, e.number, e.dated::text AS "datedOn", e.label, e.piece, json_agg(json_build_object(
       'account', e.account, 'supplierId', e.supplier_id, 'debitCents', e.debit_cents, 'creditCents', e.credit_cents,
       'lettering', d.lettering, 'letteredOn', lettered_on(d.supplier_id, d.lettering, e.account, 9999)) ORDER BY e.line)
       AS lines
     FROM journal_line e LEFT JOIN billing_document d ON d.id = e.document_id WHERE e.cause_id = ANY ($1) OR e.piece = $2
     GROUP BY e.journal, e.year, e.number, e.dated, e.label, e.piece, e.at
     ORDER BY e.at, e.journal, e.number LIMIT $3`,
    [ids, piece, mostEntries],
  );
  return rows.map((row) => ({
    ...row,
    number: integerOf(row.number),
    lines: row.lines.map((line) => ({
      ...line,
      lettering: line.letteredOn === null ? null : letteringCode(line.lettering),
    })),
  }));
}

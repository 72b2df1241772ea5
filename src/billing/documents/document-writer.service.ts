/**
 * Numbers documents and inserts them in the same transaction as everything they record, so a series never has
 * a gap.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { ProfilesService } from "../../account/suppliers";
import { newId } from "../../platform/ids";
import { preparedStatement } from "../../platform/prepared-statement";
import { dateIn } from "../../shared/calendar";
import { integerOf } from "../../shared/integer";
import { buyerOf, contentOf, type BillingPolicy } from "./content";
import { advancesOf, nameOf, type BillingDocument, type DocumentDraft } from "./document";

export interface NewDocument {
  readonly draft: DocumentDraft;
  readonly supplierId: string;
  /** Numbers of the postings the document bills. */
  readonly postings: readonly number[];
  /** The invoice that a credit note corrects, or the credit note whose paid amount a deposit invoice keeps. */
  readonly corrects: string | null;
  /** The late invoice for which this one charges late fees. */
  readonly lateFeesOf?: string;
  readonly issuedBy: string;
}

export interface WrittenDocument {
  readonly id: string;
  readonly document: BillingDocument;
}

export class DocumentWriter {
  constructor(
    private readonly profiles: ProfilesService,
    private readonly policy: BillingPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Call it late in a transaction, because any other transaction that needs a number in the same series waits
   * for this one to end. A transaction that writes several kinds must write credit notes first, then deposit
   * invoices, then invoices.
   */
  async write(tx: EntityManager, fresh: NewDocument): Promise<WrittenDocument> {
    const { supplierId, draft } = fresh;
    const [written] = await this.writeAll(tx, { supplierId, kind: draft.kind }, [fresh]);
    if (!written) throw new Error("A document was not written.");
    return written;
  }

  /** Like `write`, for several documents of one supplier and kind. Returns them in the same order. */
  async writeAll(
    tx: EntityManager,
    { supplierId, kind }: { readonly supplierId: string; readonly kind: DocumentDraft["kind"] },
    all: readonly NewDocument[],
  ): Promise<WrittenDocument[]> {
    if (all.length === 0) return [];
    const { supplier, profile } = await this.profiles.one(tx, supplierId);
    const parties = { buyer: buyerOf(supplier, profile), language: profile.language, policy: this.policy };
    const at = this.clock.now();
    const [next] = await takeNumbers(tx, [kind, dateIn("Europe/Paris", at), all.length]);
    if (!next) throw new Error("A document series returned no number.");
    const { issuedOn } = next;
    const [year, first] = [Number(issuedOn.slice(0, 4)), integerOf(next.first)];
    const rows = all.map((fresh, index) => {
      const number = first + index;
      const name = nameOf(kind, year, number);
      const document = contentOf(fresh.draft, { name, issuedOn }, parties);
      return { ...fresh, number, document, id: newId(), advances: advancesOf(document) };
    });
    await insertDocuments(tx, [kind, year, supplierId, issuedOn, at, ...columnsOf(rows)]);
    return rows.map(({ id, document }) => ({ id, document }));
  }
}

interface DocumentRow extends NewDocument, WrittenDocument {
  readonly number: number;
  readonly advances: ReturnType<typeof advancesOf>;
}

function columnsOf(rows: readonly DocumentRow[]): readonly unknown[][] {
  const billed = rows.flatMap(({ id, postings }) => postings.map((number) => ({ id, number })));
  return [
    rows.map(({ id }) => id),
    rows.map(({ number }) => number),
    rows.map(({ document }) => document.name),
    rows.map(({ document }) => document.dueOn),
    rows.map(({ document }) => document.treatment),
    rows.map(({ document }) => document.onDebits),
    rows.map(({ document }) => document.netCents),
    rows.map(({ document }) => document.vatCents),
    rows.map(({ advances }) => advances.netCents),
    rows.map(({ advances }) => advances.vatCents),
    rows.map(({ corrects }) => corrects),
    rows.map(({ document }) => JSON.stringify(document)),
    rows.map(({ issuedBy }) => issuedBy),
    rows.map(({ lateFeesOf = null }) => lateFeesOf),
    billed.map(({ id }) => id),
    billed.map(({ number }) => number),
  ];
}

const takeNumbers = preparedStatement<{ first: string; issuedOn: string }>(
  "document.numbers",
  `INSERT INTO document_series AS series (kind, year, last_number, last_date)
   VALUES ($1, extract(year FROM $2::date), $3::bigint, $2)
   ON CONFLICT (kind, year) DO UPDATE
     SET last_number = series.last_number + excluded.last_number,
       last_date = greatest(series.last_date, excluded.last_date)
   RETURNING last_number - $3::bigint + 1 AS first, last_date::text AS "issuedOn"`,
);

const insertDocuments = preparedStatement(
  "document.insert-all",
  `WITH document AS (INSERT INTO billing_document
      (id, kind, year, number, name, supplier_id, issued_on, due_on, treatment, on_debits, net_cents,
       vat_cents, advance_net_cents, advance_vat_cents, corrects, content, issued_at, issued_by, late_fees_of,
       lettering)
     SELECT d.id, $1, $2, d.number, d.name, $3, $4, d.due_on, d.treatment, d.on_debits, d.net, d.vat, d.advance_net,
       d.advance_vat, d.corrects, d.content, $5, d.issued_by, d.late_fees_of,
       (SELECT coalesce(max(lettering), 0) FROM billing_document WHERE supplier_id = $3) + d.nth
     FROM unnest($6::uuid[], $7::bigint[], $8::text[], $9::date[], $10::text[], $11::boolean[], $12::bigint[],
       $13::bigint[], $14::bigint[], $15::bigint[], $16::uuid[], $17::jsonb[], $18::text[], $19::uuid[])
       WITH ORDINALITY AS d (id, number, name, due_on, treatment, on_debits, net, vat, advance_net, advance_vat,
         corrects, content, issued_by, late_fees_of, nth))
   INSERT INTO billed_posting (supplier_id, posting_number, document_id)
   SELECT $3, billed.number, billed.document_id
   FROM unnest($20::uuid[], $21::bigint[]) AS billed (document_id, number)`,
);

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
    const { draft, supplierId } = fresh;
    const { supplier, profile } = await this.profiles.one(tx, supplierId);
    const parties = { buyer: buyerOf(supplier, profile), language: profile.language, policy: this.policy };
    const at = this.clock.now();
    const [next] = await nextNumber(tx, [draft.kind, dateIn("Europe/Paris", at)]);
    if (!next) throw new Error("A document series returned no number.");
    const numbered = { year: Number(next.issuedOn.slice(0, 4)), number: integerOf(next.number) };
    const name = nameOf(draft.kind, numbered.year, numbered.number);
    const document = contentOf(draft, { name, issuedOn: next.issuedOn }, parties);
    const id = newId();
    await this.insert(tx, { ...fresh, ...numbered, id, document, at });
    return { id, document };
  }

  private async insert(
    tx: EntityManager,
    row: NewDocument & { id: string; document: BillingDocument; year: number; number: number; at: Date },
  ): Promise<void> {
    const { id, document, supplierId, postings, at } = row;
    const advances = advancesOf(document);
    await insertDocument(tx, [
      id,
      document.kind,
      row.year,
      row.number,
      document.name,
      supplierId,
      document.issuedOn,
      document.dueOn,
      document.treatment,
      document.onDebits,
      document.netCents,
      document.vatCents,
      advances.netCents,
      advances.vatCents,
      row.corrects,
      JSON.stringify(document),
      at,
      row.issuedBy,
      postings,
      row.lateFeesOf ?? null,
    ]);
  }
}

const nextNumber = preparedStatement<{ number: string; issuedOn: string }>(
  "document.number",
  `INSERT INTO document_series AS series (kind, year, last_number, last_date)
   VALUES ($1, extract(year FROM $2::date), 1, $2)
   ON CONFLICT (kind, year) DO UPDATE
     SET last_number = series.last_number + 1, last_date = greatest(series.last_date, excluded.last_date)
   RETURNING last_number AS number, last_date::text AS "issuedOn"`,
);

const insertDocument = preparedStatement(
  "document.insert",
  `WITH document AS (INSERT INTO billing_document
      (id, kind, year, number, name, supplier_id, issued_on, due_on, treatment, on_debits, net_cents,
       vat_cents, advance_net_cents, advance_vat_cents, corrects, content, issued_at, issued_by, late_fees_of,
       lettering)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $20,
       (SELECT coalesce(max(lettering), 0) + 1 FROM billing_document WHERE supplier_id = $6)))
   INSERT INTO billed_posting (supplier_id, posting_number, document_id)
   SELECT $6, number, $1 FROM unnest($19::bigint[]) AS number`,
);

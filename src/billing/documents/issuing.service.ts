/**
 * Issues the invoices and credit notes of a supplier for everything that is not yet on a document. Running it
 * again issues nothing new, so after a crash it is simply repeated.
 */
import type { EntityManager } from "typeorm";
import {
  entriesOf,
  keptRoundingEntry,
  vatOn,
  type AccountsService,
  type EntriesService,
  type Entry,
  type Split,
} from "../../account/ledger";
import { takeAdvances } from "./advances";
import type { BillingFacts, Corrected, HeldAdvance } from "./billing-facts.service";
import type { DocumentDraft } from "./document";
import type { DocumentWriter } from "./document-writer.service";
import { draftsOf, type Amounts, type Credited } from "./draft";
import type { KeptAdvances, KeptAmount } from "./kept-advances.service";
import type { SettlementBook } from "./settlement-book.service";
import { supportingDocumentOf } from "./supporting-document";
import { creditOpen } from "./settle";

export interface IssueRequest {
  readonly supplierId: string;
  /** Only postings before this instant are billed. */
  readonly before: Date;
  readonly issuedBy: string;
}

export interface IssuingDeps {
  readonly accounts: AccountsService;
  readonly facts: BillingFacts;
  readonly writer: DocumentWriter;
  readonly settlements: SettlementBook;
  readonly entries: EntriesService;
  readonly kept: KeptAdvances;
}

interface Written {
  readonly id: string;
  readonly entries: readonly Entry[];
}

export class IssuingService {
  constructor(private readonly deps: IssuingDeps) {}

  /**
   * Returns the ids of the new documents. Credit notes and the deposit invoices for their paid part come
   * first, because these advances can pay the invoices.
   */
  async issue(tx: EntityManager, request: IssueRequest): Promise<string[]> {
    const { accounts, facts, entries } = this.deps;
    const { supplierId, before } = request;
    await accounts.hold(tx, [supplierId]);
    const drafts = draftsOf(await facts.unbilled(tx, supplierId, before));
    const written: Written[] = [];
    const kept: KeptAmount[] = [];
    for (const credited of drafts.creditNotes) {
      const note = await this.creditNote(tx, request, credited);
      written.push(note);
      if (note.kept !== null) kept.push(note.kept);
    }
    written.push(...(await this.deps.kept.makeUp(tx, request)));
    for (const amount of kept) written.push(await this.deps.kept.keep(tx, request, amount));
    for (const amounts of drafts.invoices) written.push(await this.invoice(tx, request, amounts));
    await entries.write(
      tx,
      written.flatMap((one) => one.entries),
    );
    return written.map(({ id }) => id);
  }

  private async invoice(
    tx: EntityManager,
    { supplierId, issuedBy }: IssueRequest,
    amounts: Amounts,
  ): Promise<Written> {
    const { facts, writer, settlements } = this.deps;
    const { treatment, postings, ...total } = amounts;
    const held = (await facts.advances(tx, supplierId)).filter((advance) => advance.treatment === treatment);
    const { uses, roundingCents } = takeAdvances(held, total);
    const draft: DocumentDraft = {
      ...draftOf("INVOICE", amounts),
      advances: uses.map(({ id, ...used }) => ({ ...used, ...namedIn(held, id) })),
    };
    const fresh = { draft, supplierId, postings, corrects: null, issuedBy };
    const { id, document } = await writer.write(tx, fresh);
    await settlements.recordUses(tx, id, withoutRounding(uses, roundingCents));
    const piece = supportingDocumentOf(document, id);
    const entry = entriesOf.invoiceEntry(piece, {
      total: { ...total, treatment },
      advances: uses,
      onDebits: document.onDebits,
    });
    const rounding = entriesOf.roundingEntry(piece, { treatment, netCents: 0, vatCents: roundingCents });
    return { id, entries: [entry, rounding] };
  }

  private async creditNote(
    tx: EntityManager,
    request: IssueRequest,
    credited: Credited,
  ): Promise<Written & { readonly kept: KeptAmount | null }> {
    const { facts, writer, settlements } = this.deps;
    const { supplierId, issuedBy } = request;
    const invoice = await facts.invoice(tx, supplierId, credited.documentId);
    const { treatment } = invoice;
    const total = { netCents: credited.netCents, vatCents: creditedVat(invoice, credited.netCents) };
    const corrects = [{ name: invoice.name, issuedOn: invoice.issuedOn }];
    const draft = { ...draftOf("CREDIT_NOTE", credited), ...total, treatment, corrects };
    const { postings, documentId } = credited;
    const fresh = { draft, supplierId, postings, corrects: documentId, issuedBy };
    const { id, document } = await writer.write(tx, fresh);
    const { open, paid } = creditOpen(invoice, total);
    await settlements.settle(tx, {
      supplierId,
      kind: "CREDIT_NOTE",
      causeId: id,
      parts: [{ id: documentId, ...open }],
    });
    const piece = supportingDocumentOf(document, id);
    const entry = entriesOf.creditNoteEntry(piece, {
      open: { ...open, treatment },
      paid: { ...paid, treatment },
      onDebits: invoice.onDebits,
      corrects: documentId,
    });
    if (paid.netCents === 0) {
      const rounding = paid.vatCents === 0 ? [] : [keptRoundingEntry(piece, paid.vatCents)];
      return { id, entries: [entry, ...rounding], kept: null };
    }
    const { name, issuedOn } = document;
    return { id, entries: [entry], kept: { id, name, issuedOn, treatment, ...paid } };
  }
}

const draftOf = (kind: DocumentDraft["kind"], amounts: Amounts): DocumentDraft => ({
  kind,
  treatment: amounts.treatment,
  lines: amounts.lines,
  netCents: amounts.netCents,
  vatCents: amounts.vatCents,
  period: amounts.period,
  advances: [],
  corrects: [],
});

/**
 * Computes VAT on the cumulative credit, so that the VAT of several credit notes on one invoice adds up to
 * the VAT of the invoice.
 */
const creditedVat = ({ creditedNetCents, treatment }: Corrected, netCents: number): number =>
  vatOn(creditedNetCents + netCents, treatment) - vatOn(creditedNetCents, treatment);

function namedIn(held: readonly HeldAdvance[], id: string): { name: string; issuedOn: string } {
  const found = held.find((advance) => advance.id === id);
  if (!found) throw new Error("An advance was used that the supplier does not have.");
  return { name: found.name, issuedOn: found.issuedOn };
}

/** The recorded use of an advance excludes the rounding, which is booked separately at our cost or benefit. */
function withoutRounding<T extends Split>(uses: readonly T[], roundingCents: number): readonly T[] {
  return uses.map((use, index) =>
    index === uses.length - 1 ? { ...use, vatCents: use.vatCents - roundingCents } : use,
  );
}

/**
 * Documents the amount of a credit note that its supplier had paid already. It pays for future leads, so it is
 * an advance, and an advance has a deposit invoice.
 */
import type { EntityManager } from "typeorm";
import { entriesOf, keptBeforeEntry, type Entry, type Split, type VatTreatment } from "../../account/ledger";
import type { BillingFacts } from "./billing-facts.service";
import type { DocumentReference } from "./document";
import type { DocumentWriter } from "./document-writer.service";
import type { SettlementBook } from "./settlement-book.service";
import { supportingDocumentOf } from "./supporting-document";

/** The paid part of a credit note. */
export interface KeptAmount extends Split, DocumentReference {
  /** Id of the credit note. */
  readonly id: string;
  readonly treatment: VatTreatment;
}

interface Deps {
  readonly facts: BillingFacts;
  readonly writer: DocumentWriter;
  readonly settlements: SettlementBook;
}

interface Written {
  readonly id: string;
  readonly entries: readonly Entry[];
}

interface About {
  readonly supplierId: string;
  readonly issuedBy: string;
}

export class KeptAdvances {
  constructor(private readonly deps: Deps) {}

  /** Writes the deposit invoice and the advance. */
  async keep(tx: EntityManager, about: About, kept: KeptAmount): Promise<Written> {
    const { id, piece } = await this.document(tx, about, kept);
    const { treatment, netCents, vatCents } = kept;
    await this.deps.settlements.recordAdvance(tx, {
      ...{ id, supplierId: about.supplierId, treatment, netCents, vatCents },
    });
    const settled = { settles: kept.id, holds: id };
    return { id, entries: [entriesOf.depositEntry(piece, kept, settled)] };
  }

  /**
   * Writes the deposit invoices of amounts that were kept before such amounts had one. Their advances are in
   * the books, so a second entry takes back the one that was made without a document.
   */
  async makeUp(tx: EntityManager, about: About): Promise<Written[]> {
    const written: Written[] = [];
    for (const kept of await this.deps.facts.undocumentedAdvances(tx, about.supplierId)) {
      const { id, piece } = await this.document(tx, about, kept);
      const deposit = entriesOf.depositEntry(piece, kept, { settles: kept.id, holds: null });
      written.push({ id, entries: [deposit, keptBeforeEntry(piece, kept, kept.id)] });
    }
    return written;
  }

  private async document(tx: EntityManager, { supplierId, issuedBy }: About, kept: KeptAmount) {
    const { id: corrects, name, issuedOn, treatment, netCents, vatCents } = kept;
    const total = { treatment, netCents, vatCents };
    const draft = {
      ...{ kind: "DEPOSIT" as const, ...total, period: null, advances: [], paidOn: issuedOn },
      lines: [{ item: "KEPT_CREDIT", quantity: 1, unitCents: netCents, netCents }],
      corrects: [{ name, issuedOn }],
    };
    const fresh = { draft, supplierId, postings: [], corrects, issuedBy };
    const { id, document } = await this.deps.writer.write(tx, fresh);
    return { id, piece: supportingDocumentOf(document, id) };
  }
}

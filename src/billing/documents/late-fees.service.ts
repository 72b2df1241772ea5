/**
 * Issues the invoice that charges the statutory compensation and interest for a late invoice, once per
 * invoice.
 */
import type { EntityManager } from "typeorm";
import { lateFeesEntry, lateFeesOf } from "../../account/ledger";
import { dateIn } from "../../shared/calendar";
import { AppError, notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import type { BillingDocument, DocumentDraft, DraftLine } from "./document";
import { dueCents } from "./document";
import { indemnityCents, interestOn, lateParts, type Change } from "./late-fees";
import type { DocumentParts } from "./payments.service";
import { supportingDocumentOf } from "./supporting-document";

export class LateFees {
  constructor(private readonly deps: Omit<DocumentParts, "openings" | "facts" | "settlements">) {}

  /** Charges interest until the day of payment, or until today. Returns the id of the new invoice. */
  async charge(
    tx: EntityManager,
    { supplierId, documentId, issuedBy }: { supplierId: string; documentId: string; issuedBy: string },
  ): Promise<string> {
    const { accounts, writer, entries, clock } = this.deps;
    return accounts.withAccount(tx, supplierId, async (account) => {
      const interestCents = await this.interest(tx, supplierId, documentId);
      const { name, issuedOn } = await contentOf(tx, supplierId, documentId);
      const lines = [line("LATE_INDEMNITY", indemnityCents), line("LATE_INTEREST", interestCents)];
      const netCents = indemnityCents + interestCents;
      const draft: DocumentDraft = {
        ...{ kind: "INVOICE", treatment: "PENALTY", netCents, vatCents: 0, period: null, advances: [] },
        ...{ corrects: [{ name, issuedOn }], lines: lines.filter((one) => one.netCents > 0) },
      };
      const fresh = { draft, supplierId, postings: [], corrects: null, lateFeesOf: documentId, issuedBy };
      const { id, document } = await writer.write(tx, fresh);
      const cause = { account, causeKind: "DOCUMENT", causeId: id, at: clock.now(), vat: "PENALTY" } as const;
      await accounts.post(tx, [{ ...lateFeesOf(account.mode, netCents), ...cause }]);
      await entries.write(tx, [
        lateFeesEntry(supportingDocumentOf(document, id), { indemnityCents, interestCents }),
      ]);
      return id;
    });
  }

  private async interest(tx: EntityManager, supplierId: string, documentId: string): Promise<number> {
    const document = await contentOf(tx, supplierId, documentId);
    const { dueOn, latePenaltyBasisPoints, treatment } = document;
    const isSaid: unknown[] = await tx.query("SELECT FROM billing_document WHERE late_fees_of = $1", [
      documentId,
    ]);
    if (isSaid.length > 0)
      throw new AppError("CONFLICT", "The late fees of this invoice have already been invoiced.", {
        reason: "ALREADY_CHARGED",
      });
    const owed = { owedCents: dueCents(document), changes: await changesOf(tx, documentId) };
    const today = dateIn("Europe/Paris", this.deps.clock.now());
    const parts = dueOn === null || treatment === "PENALTY" ? [] : lateParts({ dueOn, ...owed }, today);
    if (parts.length > 0) return interestOn(parts, latePenaltyBasisPoints);
    throw new AppError("CONFLICT", "This document is neither overdue nor was it paid late.", {
      reason: "NOT_LATE",
    });
  }
}

const line = (item: string, cents: number): DraftLine => ({
  item,
  quantity: 1,
  unitCents: cents,
  netCents: cents,
});

async function contentOf(tx: EntityManager, supplierId: string, id: string): Promise<BillingDocument> {
  const rows: { content: BillingDocument }[] = await tx.query(
    "SELECT content FROM billing_document WHERE id = $1 AND supplier_id = $2 AND kind = 'INVOICE'",
    [id, supplierId],
  );
  if (!rows[0]) throw notFound("invoice");
  return rows[0].content;
}

/** A transfer counts from the day the bank received it, even if it was recorded later. */
async function changesOf(tx: EntityManager, documentId: string): Promise<Change[]> {
  const rows: { day: string; cents: string }[] = await tx.query(
    `SELECT coalesce(received_on, (at AT TIME ZONE 'Europe/Paris')::date)::text AS day,
       net_cents + vat_cents AS cents FROM settlement WHERE document_id = $1`,
    [documentId],
  );
  return rows.map(({ day, cents }) => ({ day, cents: integerOf(cents) }));
}

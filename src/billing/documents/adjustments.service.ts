/**
 * Manual adjustments by finance: refunds of unspent money, and write-offs of invoices that will not be paid.
 */
import type { EntityManager } from "typeorm";
import {
  entriesOf,
  refundOf,
  vatOn,
  writeOffOf,
  type Entry,
  type Split,
  type VatTreatment,
} from "../../account/ledger";
import type { CashAccount, LockedAccount, PaymentKind } from "../../account/ledger";
import { dateIn } from "../../shared/calendar";
import { AppError, invalid, notFound } from "../../shared/errors";
import { returnAdvances, type Advance } from "./advances";
import type { HeldAdvance } from "./billing-facts.service";
import type { DocumentDraft } from "./document";
import type { DocumentParts } from "./payments.service";
import { supportingDocumentOf } from "./supporting-document";
import { sumOf } from "./sum-of";

export interface RefundDecision {
  readonly supplierId: string;
  /** Null refunds everything that is not spent. */
  readonly netCents: number | null;
  /** Reference of the outgoing transfer, which is in transit (580) until the line of the bank statement arrives. */
  readonly bankReference: string;
  readonly paymentKind: PaymentKind;
  /** Restricts the refund to money paid in by these payments; defaults to all of them. */
  readonly only?: ReadonlySet<string>;
  readonly decidedBy: string;
}

/** A credit note and the share of it that each payment had paid in. */
export interface GivenBack {
  readonly documentId: string;
  readonly parts: readonly { readonly causeId: string | null; readonly inclVatCents: number }[];
}

export interface WriteOff {
  readonly supplierId: string;
  readonly documentId: string;
}

const cashOf: Readonly<Record<PaymentKind, CashAccount>> = { BANK_TRANSFER: "580", CARD_PAYMENT: "5115" };

export class AdjustmentsService {
  constructor(private readonly deps: DocumentParts) {}

  /** Returns the credit notes, one for each VAT treatment. */
  async refund(tx: EntityManager, refund: RefundDecision): Promise<GivenBack[]> {
    const { accounts, facts, entries } = this.deps;
    const { supplierId, only } = refund;
    return accounts.withAccount(tx, supplierId, async (account) => {
      const held = await facts.advances(tx, supplierId);
      const advances = only ? held.filter(({ causeId }) => causeId !== null && only.has(causeId)) : held;
      const netCents = refundable(account, advances, refund.netCents);
      const back = returnAdvances(advances, netCents, (net) => vatOn(net, account.vatTreatment));
      const written: (GivenBack & { readonly entries: Entry[] })[] = [];
      for (const [treatment, parts] of byTreatment(advances, back)) {
        written.push(await this.giveBack(tx, refund, { account, advances, treatment, parts }));
      }
      await entries.write(
        tx,
        written.flatMap((one) => one.entries),
      );
      return written.map(({ documentId, parts }) => ({ documentId, parts }));
    });
  }

  private async giveBack(
    tx: EntityManager,
    refund: RefundDecision,
    { account, advances, treatment, parts }: Back,
  ): Promise<GivenBack & { readonly entries: Entry[] }> {
    const { accounts, writer, settlements, clock } = this.deps;
    const { supplierId, decidedBy, bankReference } = refund;
    const total = { ...sumOf(parts), treatment };
    const ids = new Set(parts.map(({ id }) => id));
    const draft: DocumentDraft = {
      ...{ kind: "CREDIT_NOTE", ...total, period: null, advances: [], correctsDeposits: true },
      lines: [{ item: "UNUSED_ADVANCE", quantity: 1, unitCents: total.netCents, netCents: total.netCents }],
      corrects: advances.filter(({ id }) => ids.has(id)).map(({ name, issuedOn }) => ({ name, issuedOn })),
    };
    const fresh = { draft, supplierId, postings: [], corrects: null, issuedBy: decidedBy };
    const { id, document } = await writer.write(tx, fresh);
    await settlements.recordUses(tx, id, parts);
    const cause = { account, causeKind: "DOCUMENT", causeId: id, at: clock.now() } as const;
    await accounts.post(tx, [{ ...refundOf(account.mode, total.netCents, refund.paymentKind), ...cause }]);
    await this.recordTransfer(tx, refund, { documentId: id, inclVatCents: total.netCents + total.vatCents });
    const piece = supportingDocumentOf(document, id);
    const label = `Remboursement ${document.name} ${bankReference}`;
    const paid = { ...piece, label, bankDay: dateIn("Europe/Paris", clock.now()) };
    const causes = new Map(advances.map((advance) => [advance.id, advance.causeId]));
    return {
      documentId: id,
      parts: parts.map((part) => ({
        causeId: causes.get(part.id) ?? null,
        inclVatCents: part.netCents + part.vatCents,
      })),
      entries: [
        entriesOf.advancesReturnedEntry(piece, total, { advances: parts, settles: id }),
        entriesOf.refundEntry(paid, total.netCents + total.vatCents, cashOf[refund.paymentKind]),
      ],
    };
  }

  /**
   * Records the outgoing transfer by the bank's reference, so the line of the bank statement can be matched
   * with it. Refunds through Stripe have rows of their own.
   */
  private async recordTransfer(
    tx: EntityManager,
    { supplierId, bankReference, paymentKind, decidedBy }: RefundDecision,
    { documentId, inclVatCents }: { documentId: string; inclVatCents: number },
  ): Promise<void> {
    if (paymentKind !== "BANK_TRANSFER") return;
    const paidOn = dateIn("Europe/Paris", this.deps.clock.now());
    await tx.query(
      `INSERT INTO bank_refund (document_id, supplier_id, bank_reference, amount_incl_vat_cents, paid_on, recorded_by,
         cash_account)
       VALUES ($1, $2, $3, $4, $5, $6, '580')`,
      [documentId, supplierId, bankReference, inclVatCents, paidOn, decidedBy],
    );
  }

  /** Writes off what is still open on an invoice. Returns the amount written off. */
  async writeOff(tx: EntityManager, { supplierId, documentId }: WriteOff): Promise<Split> {
    const { accounts, facts, settlements, entries, clock } = this.deps;
    return accounts.withAccount(tx, supplierId, async (account) => {
      const invoice = (await facts.openInvoices(tx, supplierId)).find(({ id }) => id === documentId);
      if (!invoice) throw notFound("open invoice");
      const { treatment, netCents, vatCents, name, issuedOn, onDebits } = invoice;
      const lost = { treatment, netCents, vatCents };
      const parts = [{ id: documentId, netCents, vatCents }];
      await settlements.settle(tx, { supplierId, kind: "WRITE_OFF", causeId: documentId, parts });
      const cause = { account, causeKind: "DOCUMENT", causeId: documentId, at: clock.now() } as const;
      if (netCents > 0) await accounts.post(tx, [{ ...writeOffOf(account.mode, netCents), ...cause }]);
      const label = `Créance irrécouvrable ${name}`;
      const piece = { supplierId, label, piece: name, pieceDate: issuedOn, causeId: documentId };
      await entries.write(tx, [entriesOf.writeOffEntry(piece, { lost, onDebits })]);
      return { netCents, vatCents };
    });
  }
}

interface Back {
  readonly account: LockedAccount;
  readonly advances: readonly HeldAdvance[];
  readonly treatment: VatTreatment;
  readonly parts: readonly Advance[];
}

/**
 * Returns how much can be refunded. The balance is an upper bound too, because leads that are not yet
 * invoiced have already spent part of the advances.
 */
function refundable(account: LockedAccount, advances: readonly HeldAdvance[], wanted: number | null): number {
  const most = Math.max(0, Math.min(account.balanceCents, sumOf(advances).netCents));
  const netCents = wanted ?? most;
  if (!Number.isSafeInteger(netCents) || netCents < 0)
    throw invalid("netCents must be a whole number of cents.", { reason: "OUT_OF_RANGE", field: "netCents" });
  if (netCents <= most && netCents > 0) return netCents;
  throw new AppError(
    "CONFLICT",
    `At most ${String(most)} cents can be paid back: the rest is spent or was never paid in.`,
    { reason: "MORE_THAN_UNSPENT" },
  );
}

function byTreatment(
  advances: readonly HeldAdvance[],
  parts: readonly Advance[],
): Map<VatTreatment, Advance[]> {
  const treatments = new Map(advances.map(({ id, treatment }) => [id, treatment]));
  const groups = new Map<VatTreatment, Advance[]>();
  for (const part of parts) {
    const treatment = treatments.get(part.id) ?? "STANDARD";
    groups.set(treatment, [...(groups.get(treatment) ?? []), part]);
  }
  return groups;
}

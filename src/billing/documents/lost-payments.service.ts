/**
 * Reverses a payment after a lost dispute or a bank correction. Invoices that it settled are open again. The
 * unused part of an advance it paid for is credited, and the part that invoices used is owed on those
 * invoices.
 */
import type { EntityManager } from "typeorm";
import { entriesOf, lostPaymentOf, type CauseKind, type Entry } from "../../account/ledger";
import type { CashAccount, LockedAccount, LostTo } from "../../account/ledger";
import type { HeldAdvance } from "./billing-facts.service";
import type { DocumentDraft } from "./document";
import type { DocumentParts } from "./payments.service";
import { reopenedBy, type Reopened } from "./reopened-invoices.service";
import { supportingDocumentOf } from "./supporting-document";
import { settle, type OpenDocument } from "./settle";
import { moneyOn } from "./settlement-book.service";

export interface LostPayment {
  readonly supplierId: string;
  /** Ids under which the money was received: the payment, and any of its refunds that came back. */
  readonly causes: readonly string[];
  /** Id of the dispute, or of what a bank statement line or finance did. Each reverses once. */
  readonly disputeId: string;
  readonly to: LostTo;
  /** Where the money went. */
  readonly cash: CashAccount;
  /** Reference used by the bank or by Stripe. */
  readonly reference: string;
  readonly decidedBy: string;
  /** Ids of what reversed parts of the same payment earlier; what they reopened is not reopened again. */
  readonly earlier: readonly string[];
  /** The amount reversed, including VAT: part or all of the payment. */
  readonly inclVatCents: number;
  /** Day on which the money was lost, "YYYY-MM-DD". */
  readonly lostOn: string;
}

export class LostPaymentsService {
  constructor(private readonly deps: DocumentParts) {}

  /** Returns how many cents are owed again. The rest had already been refunded to the supplier. */
  async reverse(tx: EntityManager, lost: LostPayment): Promise<number> {
    const [owed = 0] = await this.reverseAll(tx, [lost]);
    return owed;
  }

  /** Like `reverse`, for payments of any suppliers, in the given order. */
  reverseAll(tx: EntityManager, lost: readonly LostPayment[]): Promise<number[]> {
    const { accounts, entries } = this.deps;
    const suppliers = lost.map(({ supplierId }) => supplierId);
    return accounts.withAccounts(tx, suppliers, async (held) => {
      const owed: number[] = [];
      const written: Entry[] = [];
      for (const one of lost) {
        const account = held.get(one.supplierId);
        if (!account) throw new Error("A locked account is missing from its own lock.");
        const reversed = await this.reverseOne(tx, one, account);
        owed.push(reversed.owedCents);
        written.push(...reversed.entries);
      }
      await entries.write(tx, written);
      return owed;
    });
  }

  private async reverseOne(
    tx: EntityManager,
    lost: LostPayment,
    account: LockedAccount,
  ): Promise<{ owedCents: number; entries: Entry[] }> {
    const { accounts, facts, clock } = this.deps;
    const { supplierId, causes: paid, disputeId } = lost;
    const invoices = await reopenedBy(tx, paid, lost.earlier);
    const advances = unusedOf(await facts.advances(tx, supplierId), { paid, invoices });
    // Unused advances are taken first, because that reopens no invoice.
    const { parts: taken } = settle([...advances, ...invoices], lost.inclVatCents);
    const unused = partsOf(advances, taken);
    const reopened = partsOf(invoices, taken);
    await this.reopen(tx, lost, reopened);
    const credited: Entry[] = [];
    for (const advance of unused) credited.push(await this.creditUnused(tx, lost, advance));
    const netCents = [...reopened, ...unused].reduce((sum, part) => sum + part.netCents, 0);
    if (netCents > 0) {
      const cause = { account, causeKind: causes[lost.to], causeId: disputeId, at: clock.now() };
      await accounts.post(tx, [{ ...lostPaymentOf(account.mode, netCents), ...cause }]);
    }
    return {
      owedCents: [...reopened, ...unused].reduce((sum, part) => sum + part.netCents + part.vatCents, 0),
      entries: [...credited, ...lostEntries(lost, { reopened, unused })],
    };
  }

  private async reopen(tx: EntityManager, lost: LostPayment, reopened: readonly Reopened[]): Promise<void> {
    const { entries, settlements } = this.deps;
    const { supplierId, disputeId: causeId } = lost;
    const parts = reopened.map(({ id, netCents, vatCents }) => ({
      ...{ id, netCents: -netCents, vatCents: -vatCents },
    }));
    await settlements.settle(tx, {
      ...{ supplierId, kind: "PAYMENT_LOST", causeId, parts },
      ...(await moneyOn(tx, entries, lost.lostOn)),
    });
  }

  private async creditUnused(tx: EntityManager, lost: LostPayment, advance: HeldAdvance): Promise<Entry> {
    const { writer, settlements } = this.deps;
    const { treatment, netCents, vatCents, name, issuedOn } = advance;
    const total = { treatment, netCents, vatCents };
    const draft: DocumentDraft = {
      ...{ kind: "CREDIT_NOTE", ...total, period: null, advances: [] },
      ...{ corrects: [{ name, issuedOn }], correctsDeposits: true },
      lines: [{ item: items[lost.to], quantity: 1, unitCents: netCents, netCents }],
    };
    const { supplierId, decidedBy: issuedBy } = lost;
    const fresh = { draft, supplierId, postings: [], corrects: null, issuedBy };
    const { id, document } = await writer.write(tx, fresh);
    await settlements.recordUses(tx, id, [{ id: advance.id, netCents, vatCents }]);
    const settled = { advances: [advance], settles: advance.id };
    return entriesOf.advancesReturnedEntry(supportingDocumentOf(document, id), total, settled);
  }
}

/** Advances that the payment made, and then what was kept of the credited invoices that it settled. */
function unusedOf(
  held: readonly HeldAdvance[],
  { paid, invoices }: { readonly paid: readonly string[]; readonly invoices: readonly Reopened[] },
): HeldAdvance[] {
  const settled = new Set<string | null>(invoices.map(({ id }) => id));
  return [
    ...held.filter(({ causeId }) => causeId !== null && paid.includes(causeId)),
    ...held.filter(({ keptOf }) => settled.has(keptOf)),
  ];
}

const causes = { DISPUTE: "STRIPE_DISPUTE", BANK_LINE: "BANK_LINE" } as const satisfies Record<
  LostTo,
  CauseKind
>;
const labels: Readonly<Record<LostTo, string>> = {
  DISPUTE: "Paiement contesté",
  BANK_LINE: "Virement annulé",
};
const items: Readonly<Record<LostTo, string>> = { DISPUTE: "LOST_PAYMENT", BANK_LINE: "CORRECTED_TRANSFER" };

/** The part taken from each item, leaving out items from which nothing is taken. */
const partsOf = <T extends OpenDocument>(whole: readonly T[], taken: readonly OpenDocument[]): T[] =>
  whole.flatMap((one) => {
    const part = taken.find(({ id }) => id === one.id);
    return part ? [{ ...one, netCents: part.netCents, vatCents: part.vatCents }] : [];
  });

/** One entry for invoices whose VAT is due on payment, and one for invoices on debits. */
function lostEntries(
  { supplierId, disputeId, reference, to, cash, lostOn }: LostPayment,
  { reopened, unused }: { reopened: readonly Reopened[]; unused: readonly HeldAdvance[] },
): Entry[] {
  const label = `${labels[to]} ${reference}`;
  const day = { pieceDate: lostOn, bankDay: lostOn };
  const piece = { supplierId, label, piece: reference, causeId: disputeId, ...day };
  const waiting = reopened.filter(({ onDebits }) => !onDebits);
  // The credit note has already reversed the VAT of unused advances, so this entry books the money only.
  const moneyOnly = [...reopened.filter(({ onDebits }) => onDebits), ...unused];
  return [
    entriesOf.lostPaymentEntry(piece, { reopened: waiting, onDebits: false, to, cash }),
    entriesOf.lostPaymentEntry(piece, { reopened: moneyOnly, onDebits: true, to, cash }),
  ];
}

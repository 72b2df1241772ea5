/**
 * Applies money received from a supplier: it settles open invoices, oldest first, and the remainder becomes
 * an advance with a deposit invoice. The net goes to the supplier's balance, the VAT to the state.
 */
import type { EntityManager } from "typeorm";
import {
  entriesOf,
  netOf,
  paymentOf,
  type AccountsService,
  type EntriesService,
  type Entry,
} from "../../account/ledger";
import type {
  AccountPosting,
  CashAccount,
  CauseKind,
  LockedAccount,
  OpeningsService,
  PaymentKind,
  ReceivedPayment,
} from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { BillingFacts, OpenInvoice } from "./billing-facts.service";
import type { DocumentWriter } from "./document-writer.service";
import { moneyOn, type NewSettlement, type SettlementBook } from "./settlement-book.service";
import { supportingDocumentOf } from "./supporting-document";
import { settle, type OpenDocument } from "./settle";

export interface Received {
  readonly kind: PaymentKind;
  /** Where the money is when it is booked. */
  readonly cash: CashAccount;
  readonly supplierId: string;
  readonly inclVatCents: number;
  /** Id of the bank transfer, card payment, returned refund or part of a bank line. */
  readonly causeId: string;
  /** What `causeId` identifies; by default the bank transfer or Stripe payment. */
  readonly causeKind?: CauseKind;
  /** Reference used by the bank or by Stripe. */
  readonly reference: string;
  /** Day on which the bank or Stripe received it, "YYYY-MM-DD". */
  readonly receivedOn: string;
  /** The invoice it was made for, settled before the others. */
  readonly documentId?: string | null;
  readonly recordedBy: string;
}

export interface DocumentParts {
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly facts: BillingFacts;
  readonly writer: DocumentWriter;
  readonly settlements: SettlementBook;
  readonly entries: EntriesService;
  readonly clock: Clock;
}

const causes = { BANK_TRANSFER: "BANK_TRANSFER", CARD_PAYMENT: "STRIPE_PAYMENT" } as const;

export class PaymentsService {
  constructor(private readonly deps: DocumentParts) {}

  /**
   * Call it in the transaction that records the incoming money. Leads that waited for money are retried after
   * the commit.
   */
  receive(tx: EntityManager, received: Received): Promise<void> {
    return this.receiveAll(tx, [received]);
  }

  /** Like `receive`, for several payments of any suppliers. They are applied in the given order. */
  async receiveAll(tx: EntityManager, received: readonly Received[]): Promise<void> {
    const { accounts, openings, entries } = this.deps;
    const suppliers = [...new Set(received.map(({ supplierId }) => supplierId))];
    await accounts.withAccounts(tx, suppliers, async (held) => {
      const written: Entry[] = [];
      for (const [supplierId, account] of held) {
        await openings.mark(tx, supplierId);
        const own = received.filter((one) => one.supplierId === supplierId);
        written.push(...(await this.place(tx, own, account)));
      }
      await entries.write(tx, written);
    });
  }

  /** Applies the payments of one supplier. */
  private async place(
    tx: EntityManager,
    received: readonly Received[],
    account: LockedAccount,
  ): Promise<Entry[]> {
    const { accounts, facts, settlements } = this.deps;
    let open: readonly OpenInvoice[] = await facts.openInvoices(tx, account.supplierId);
    const postings: AccountPosting[] = [];
    const settled: NewSettlement[] = [];
    const entries: Entry[] = [];
    for (const one of received) {
      const { parts, restCents } = settle(inOrder(open, one.documentId ?? null), one.inclVatCents);
      const { vatTreatment: treatment } = account;
      const restNet = netOf(restCents, treatment);
      postings.push(...this.postingsOf(one, account, { parts, restNet }));
      const { supplierId, causeId } = one;
      const money = await moneyOn(tx, this.deps.entries, one.receivedOn);
      settled.push({ kind: "PAYMENT", supplierId, causeId, parts, ...money });
      const rest = { treatment, netCents: restNet, vatCents: restCents - restNet };
      const deposit = restCents > 0 ? await this.deposit(tx, one, rest) : null;
      if (deposit) entries.push(deposit);
      const kept = deposit && { depositId: deposit.causeId, inclVatCents: restCents };
      entries.push(...paymentEntries(one, { open, parts, rest: kept }));
      open = without(open, parts);
    }
    await accounts.post(tx, postings);
    await settlements.settleAll(tx, settled);
    return entries;
  }

  private postingsOf(
    { kind, inclVatCents, causeKind = causes[kind], causeId }: Received,
    account: LockedAccount,
    { parts, restNet }: { parts: readonly OpenDocument[]; restNet: number },
  ): AccountPosting[] {
    const netCents = parts.reduce((sum, part) => sum + part.netCents, restNet);
    const legs = paymentOf(account.mode, kind, { netCents, vatCents: inclVatCents - netCents });
    const cause = { account, causeKind, causeId, at: this.deps.clock.now() };
    return legs.map((leg) => ({ ...leg, ...cause }));
  }

  private async deposit(
    tx: EntityManager,
    received: Received,
    rest: Parameters<typeof entriesOf.depositEntry>[1],
  ) {
    const { supplierId, recordedBy: issuedBy } = received;
    const draft = {
      ...{ kind: "DEPOSIT" as const, ...rest },
      lines: [{ item: "DEPOSIT", quantity: 1, unitCents: rest.netCents, netCents: rest.netCents }],
      ...{ period: null, advances: [], corrects: [], paidOn: received.receivedOn },
    };
    const fresh = { draft, supplierId, postings: [], corrects: null, issuedBy };
    const { id, document } = await this.deps.writer.write(tx, fresh);
    await this.deps.settlements.recordAdvance(tx, { id, supplierId, ...rest, causeId: received.causeId });
    // The VAT of an advance is due when the money arrives, even though its document is issued later.
    const piece = { ...supportingDocumentOf(document, id), bankDay: received.receivedOn };
    return entriesOf.depositEntry(piece, rest);
  }
}

const inOrder = (open: readonly OpenInvoice[], first: string | null): OpenInvoice[] => [
  ...open.filter(({ id }) => id === first),
  ...open.filter(({ id }) => id !== first),
];

/** What stays open on the invoices after these parts are paid. */
function without(open: readonly OpenInvoice[], parts: readonly OpenDocument[]): OpenInvoice[] {
  const paid = new Map(parts.map((part) => [part.id, part]));
  return open
    .map((invoice) => ({
      ...invoice,
      netCents: invoice.netCents - (paid.get(invoice.id)?.netCents ?? 0),
      vatCents: invoice.vatCents - (paid.get(invoice.id)?.vatCents ?? 0),
    }))
    .filter(({ netCents, vatCents }) => netCents + vatCents > 0);
}

interface Placed {
  readonly open: readonly OpenInvoice[];
  readonly parts: readonly OpenDocument[];
  readonly rest: ReceivedPayment["rest"];
}

/**
 * One entry for invoices whose VAT is due on payment and one for invoices on debits. The remainder is booked
 * with the first.
 */
function paymentEntries(received: Received, { open, parts, rest }: Placed): Entry[] {
  const invoices = new Map(open.map((invoice) => [invoice.id, invoice]));
  const settledWhere = (onDebits: boolean) =>
    parts.flatMap(({ id, netCents, vatCents }) => {
      const invoice = invoices.get(id);
      return invoice?.onDebits === onDebits ? [{ id, treatment: invoice.treatment, netCents, vatCents }] : [];
    });
  const piece = {
    supplierId: received.supplierId,
    label: `Règlement ${received.reference}`,
    piece: received.reference,
    pieceDate: received.receivedOn,
    bankDay: received.receivedOn,
    causeId: received.causeId,
  };
  return [false, true].flatMap((onDebits) => {
    const settled = settledWhere(onDebits);
    const kept = onDebits ? null : rest;
    if (settled.length === 0 && kept === null) return [];
    return [entriesOf.paymentEntry(piece, { cash: received.cash, settled, rest: kept, onDebits })];
  });
}

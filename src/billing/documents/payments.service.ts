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
import type { LockedAccount, OpeningsService, PaymentKind } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { BillingFacts, OpenInvoice } from "./billing-facts.service";
import type { DocumentWriter } from "./document-writer.service";
import type { SettlementBook } from "./settlement-book.service";
import { supportingDocumentOf } from "./supporting-document";
import { settle, type OpenDocument } from "./settle";

export interface Received {
  readonly kind: PaymentKind;
  readonly supplierId: string;
  readonly inclVatCents: number;
  /** Id of the bank transfer, card payment or returned refund. */
  readonly causeId: string;
  /** Reference used by the bank or by Stripe. */
  readonly reference: string;
  /** "YYYY-MM-DD" */
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
  async receive(tx: EntityManager, received: Received): Promise<void> {
    const { accounts, openings, entries } = this.deps;
    const { supplierId } = received;
    await accounts.withAccount(tx, supplierId, async (account) => {
      await openings.mark(tx, supplierId);
      await entries.write(tx, await this.place(tx, received, account));
    });
  }

  private async place(tx: EntityManager, received: Received, account: LockedAccount): Promise<Entry[]> {
    const { accounts, facts, settlements, clock } = this.deps;
    const { kind, supplierId, inclVatCents, causeId } = received;
    const open = await facts.openInvoices(tx, supplierId);
    const { parts, restCents } = settle(inOrder(open, received.documentId ?? null), inclVatCents);
    const { vatTreatment: treatment } = account;
    const restNet = netOf(restCents, treatment);
    const netCents = parts.reduce((sum, part) => sum + part.netCents, restNet);
    const legs = paymentOf(account.mode, kind, { netCents, vatCents: inclVatCents - netCents });
    const cause = { account, causeKind: causes[kind], causeId, at: clock.now() };
    await accounts.post(
      tx,
      legs.map((leg) => ({ ...leg, ...cause })),
    );
    const receivedOn = kind === "BANK_TRANSFER" ? received.receivedOn : undefined;
    await settlements.settle(tx, { supplierId, kind: "PAYMENT", causeId, parts, receivedOn });
    const rest = { treatment, netCents: restNet, vatCents: restCents - restNet };
    const deposit = restCents === 0 ? [] : [await this.deposit(tx, received, rest)];
    return [...paymentEntries(received, { open, parts, restCents }), ...deposit];
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
      ...{ period: null, advances: [], corrects: [] },
    };
    const fresh = { draft, supplierId, postings: [], corrects: null, issuedBy };
    const { id, document } = await this.deps.writer.write(tx, fresh);
    await this.deps.settlements.recordAdvance(tx, { id, supplierId, ...rest, causeId: received.causeId });
    return entriesOf.depositEntry(supportingDocumentOf(document, id), rest);
  }
}

const inOrder = (open: readonly OpenInvoice[], first: string | null): OpenInvoice[] => [
  ...open.filter(({ id }) => id === first),
  ...open.filter(({ id }) => id !== first),
];

/**
 * One entry for invoices whose VAT is due on payment and one for invoices on debits. The remainder is booked
 * with the first.
 */
function paymentEntries(
  received: Received,
  {
    open,
    parts,
    restCents,
  }: { open: readonly OpenInvoice[]; parts: readonly OpenDocument[]; restCents: number },
): Entry[] {
  const invoices = new Map(open.map((invoice) => [invoice.id, invoice]));
  const settledWhere = (onDebits: boolean) =>
    parts.flatMap(({ id, netCents, vatCents }) => {
      const invoice = invoices.get(id);
      return invoice?.onDebits === onDebits ? [{ treatment: invoice.treatment, netCents, vatCents }] : [];
    });
  const piece = {
    supplierId: received.supplierId,
    label: `Règlement ${received.reference}`,
    piece: received.reference,
    pieceDate: received.receivedOn,
    causeId: received.causeId,
  };
  return [false, true].flatMap((onDebits) => {
    const settled = settledWhere(onDebits);
    const rest = onDebits ? 0 : restCents;
    const inclVatCents = settled.reduce((sum, part) => sum + part.netCents + part.vatCents, rest);
    if (inclVatCents === 0) return [];
    return [entriesOf.paymentEntry(piece, { paymentKind: received.kind, inclVatCents, settled, onDebits })];
  });
}

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
import type { AccountPosting, LockedAccount, OpeningsService } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { BillingFacts, OpenInvoice } from "./billing-facts.service";
import type { DocumentWriter } from "./document-writer.service";
import {
  depositOf,
  paymentEntries,
  restCentsOf,
  type Placed,
  type Received,
} from "./placed-payments.service";
import { moneyOn, type NewSettlement, type SettlementBook } from "./settlement-book.service";
import { supportingDocumentOf } from "./supporting-document";
import { settle, type OpenDocument } from "./settle";

export type { Received } from "./placed-payments.service";

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
    const { supplierId, vatTreatment: treatment } = account;
    let open: readonly OpenInvoice[] = await facts.openInvoices(tx, supplierId);
    const settled: NewSettlement[] = [];
    const placed: Placed[] = [];
    for (const one of received) {
      const { parts, restCents } = settle(inOrder(open, one.documentId ?? null), one.inclVatCents);
      const netCents = netOf(restCents, treatment);
      placed.push({ one, open, parts, rest: { treatment, netCents, vatCents: restCents - netCents } });
      const money = await moneyOn(tx, this.deps.entries, one.receivedOn);
      settled.push({ kind: "PAYMENT", supplierId, causeId: one.causeId, parts, ...money });
      open = without(open, parts);
    }
    const postings = placed.flatMap((each) => this.postingsOf(each, account));
    const deposits = await this.deposits(tx, supplierId, placed);
    await accounts.post(tx, postings);
    await settlements.settleAll(tx, settled);
    return placed.flatMap((each) => {
      const deposit = deposits.get(each);
      return [...(deposit ? [deposit] : []), ...paymentEntries(each, deposit?.causeId ?? null)];
    });
  }

  private postingsOf({ one, parts, rest }: Placed, account: LockedAccount): AccountPosting[] {
    const { kind, inclVatCents, causeKind = causes[kind], causeId } = one;
    const netCents = parts.reduce((sum, part) => sum + part.netCents, rest.netCents);
    const legs = paymentOf(account.mode, kind, { netCents, vatCents: inclVatCents - netCents });
    const cause = { account, causeKind, causeId, at: this.deps.clock.now() };
    return legs.map((leg) => ({ ...leg, ...cause }));
  }

  /** Writes a deposit invoice for each payment of which something is left, and returns their entries. */
  private async deposits(
    tx: EntityManager,
    supplierId: string,
    placed: readonly Placed[],
  ): Promise<ReadonlyMap<Placed, Entry>> {
    const { writer, settlements } = this.deps;
    const some = placed.filter((each) => restCentsOf(each) > 0);
    const written = await writer.writeAll(tx, { supplierId, kind: "DEPOSIT" }, some.map(depositOf));
    const deposits = some.flatMap((each, index) => {
      const document = written[index];
      return document ? [{ each, ...document }] : [];
    });
    await settlements.recordAdvances(
      tx,
      deposits.map(({ id, each: { one, rest } }) => ({ id, supplierId, ...rest, causeId: one.causeId })),
    );
    return new Map(
      deposits.map(({ each, id, document }) => {
        // The VAT of an advance is due when the money arrives, even though its document is issued later.
        const piece = { ...supportingDocumentOf(document, id), bankDay: each.one.receivedOn };
        return [each, entriesOf.depositEntry(piece, each.rest)];
      }),
    );
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

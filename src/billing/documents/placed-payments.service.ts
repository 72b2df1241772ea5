/** A payment that is placed on open invoices: its entries, and the deposit invoice for what is left of it. */
import {
  entriesOf,
  type CashAccount,
  type CauseKind,
  type Entry,
  type PaymentKind,
} from "../../account/ledger";
import type { OpenInvoice } from "./billing-facts.service";
import type { NewDocument } from "./document-writer.service";
import type { OpenDocument } from "./settle";

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

/** A payment, the invoices that were open before it, and what became of it. */
export interface Placed {
  readonly one: Received;
  readonly open: readonly OpenInvoice[];
  readonly parts: readonly OpenDocument[];
  readonly rest: Parameters<typeof entriesOf.depositEntry>[1];
}

export const depositOf = ({ one, rest }: Placed): NewDocument => ({
  draft: {
    ...{ kind: "DEPOSIT" as const, ...rest },
    lines: [{ item: "DEPOSIT", quantity: 1, unitCents: rest.netCents, netCents: rest.netCents }],
    ...{ period: null, advances: [], corrects: [], paidOn: one.receivedOn },
  },
  ...{ supplierId: one.supplierId, postings: [], corrects: null, issuedBy: one.recordedBy },
});

/** Including VAT. */
export const restCentsOf = ({ rest }: Pick<Placed, "rest">): number => rest.netCents + rest.vatCents;

/**
 * One entry for invoices whose VAT is due on payment and one for invoices on debits. The remainder is booked
 * with the first.
 */
export function paymentEntries(
  { one: received, open, parts, rest }: Placed,
  depositId: string | null,
): Entry[] {
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
    const kept = onDebits || depositId === null ? null : { depositId, inclVatCents: restCentsOf({ rest }) };
    if (settled.length === 0 && kept === null) return [];
    return [entriesOf.paymentEntry(piece, { cash: received.cash, settled, rest: kept, onDebits })];
  });
}

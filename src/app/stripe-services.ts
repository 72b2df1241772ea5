/** What collects by Stripe; null where no key of it is set. */
import { LostPaymentsService } from "../billing/documents/lost-payments.service";
import { CollectingService } from "../billing/payments/collecting.service";
import { EventBook } from "../billing/payments/event-book.service";
import { StripeInbox } from "../billing/payments/stripe-inbox.service";
import { PaymentBook } from "../billing/payments/payment-book.service";
import { PayoutsService } from "../billing/payments/payouts.service";
import { RefundBook } from "../billing/payments/refund-book.service";
import { RefundsService } from "../billing/payments/refunds.service";
import { SupplierPayments } from "../billing/payments/supplier-payments.service";
import { TopUpsService } from "../billing/payments/top-ups.service";
import { stripeCollector } from "../billing/payments/stripe.adapter";
import type { PaymentsDeps } from "../billing/documents/payments.service";
import type { AdjustmentsService, DocumentBook, PaymentsService } from "../billing/documents";
import type { Transact } from "../platform/database";
import { countSettled } from "../platform/metrics";
import type { Collector } from "../billing/payments";
import type { SupplierBook } from "../account/suppliers";
import type { Config } from "./settings/config";
import type { Foundation } from "./foundation";
import type { Identity } from "./identity-services";

export const collectorOf = async ({ stripe }: Config): Promise<Collector | null> =>
  stripe === null ? null : stripeCollector(stripe);

type Base = Pick<Identity, "audit" | "idempotency"> & {
  readonly transact: Transact;
  readonly documents: DocumentBook;
  readonly payments: PaymentsService;
  readonly adjustments: AdjustmentsService;
  readonly bookParts: PaymentsDeps;
  readonly book: SupplierBook;
  readonly opened: (...suppliers: string[]) => void;
};

export function stripeServices({ collector, clock, log, metrics }: Foundation, base: Base) {
  if (collector === null) return null;
  const book = new PaymentBook();
  const onError = (error: unknown, id: string): void => {
    log.warn({ err: error, id }, "Stripe was not asked or not understood; it will be tried again");
  };
  const parts = { ...base, collector, book, clock, onError, settled: countSettled(metrics) };
  const collecting = new CollectingService(parts);
  const payouts = new PayoutsService({ ...parts, entries: base.bookParts.entries });
  const lost = new LostPaymentsService(base.bookParts);
  const refunds = new RefundsService({ ...parts, refundBook: new RefundBook(), suppliers: base.book });
  return {
    ...{ collecting, refunds },
    inbox: new StripeInbox({ ...parts, events: new EventBook(), collecting, payouts, lost, refunds }),
    topUps: new TopUpsService({ ...parts, collecting }),
    supplierPayments: new SupplierPayments({ ...parts, collecting, suppliers: base.book }),
  };
}

/** What collects by Stripe; null where no key of it is set. */
import { LostPaymentsService } from "../invoicing/lost-payments.service";
import { CollectingService } from "../stripe/collecting.service";
import { InboxService } from "../stripe/inbox.service";
import { PaymentBook } from "../stripe/payment-book.service";
import { PayoutsService } from "../stripe/payouts.service";
import { RefundBook } from "../stripe/refund-book.service";
import { RefundsService } from "../stripe/refunds.service";
import { SupplierPayments } from "../stripe/supplier-payments.service";
import { TopUpsService } from "../stripe/top-ups.service";
import { stripeCollector } from "../stripe/stripe.adapter";
import type { PaymentsDeps } from "../invoicing/payments.service";
import type { AdjustmentsService, DocumentBook, PaymentsService } from "../invoicing";
import type { Transact } from "../platform/database";
import type { Collector } from "../stripe";
import type { SupplierBook } from "../suppliers";
import type { Config } from "./config";
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

export function stripeServices({ collector, clock, log }: Foundation, base: Base) {
  if (collector === null) return null;
  const book = new PaymentBook();
  const onError = (error: unknown, id: string): void => {
    log.warn({ err: error, id }, "Stripe was not asked or not understood; it will be tried again");
  };
  const parts = { ...base, collector, book, clock, onError };
  const collecting = new CollectingService(parts);
  const payouts = new PayoutsService({ ...parts, entries: base.bookParts.entries });
  const lost = new LostPaymentsService(base.bookParts);
  const refunds = new RefundsService({ ...parts, refundBook: new RefundBook(), suppliers: base.book });
  return {
    ...{ collecting, refunds },
    inbox: new InboxService({ ...parts, collecting, payouts, lost, refunds }),
    topUps: new TopUpsService({ ...parts, collecting }),
    supplierPayments: new SupplierPayments({ ...parts, collecting, suppliers: base.book }),
  };
}

/** Builds payments by card and direct debit through Stripe. Without a Stripe key there are none. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { AccountReader, EntriesService } from "../../account/ledger";
import type { SupplierBook, SuppliersById } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import { countSettled } from "../../platform/metrics";
import type { Module } from "../../platform/module";
import type {
  AdjustmentsService,
  DocumentBook,
  DocumentsById,
  LostPaymentsService,
  PaymentsService,
} from "../documents";
import { CollectingService } from "./collecting.service";
import type { Collector } from "./collector";
import { EventBook } from "./event-book.service";
import { StripeInbox } from "./stripe-inbox.service";
import { PaymentBook } from "./payment-book.service";
import {
  AutomaticTopUpResolver,
  PaymentRelationsResolver,
  RefundRelationsResolver,
} from "./payment-relations.resolver";
import { PaymentResolver } from "./payment.resolver";
import { PayoutsService, type PayoutsAtBank } from "./payouts.service";
import { RefundBook } from "./refund-book.service";
import { RefundsService } from "./refunds.service";
import { stripeEvents } from "./stripe-events.route";
import { SupplierPayments } from "./supplier-payments.service";
import { TopUpRules } from "./top-up-rules.service";
import { TopUpsService } from "./top-ups.service";

/** Null when Stripe is not configured. */
export type StripeServices = {
  readonly inbox: StripeInbox;
  readonly collecting: CollectingService;
  readonly refunds: RefundsService;
  readonly topUps: TopUpsService;
  readonly supplierPayments: SupplierPayments;
} | null;

export interface PaymentsDeps {
  readonly collector: Collector | null;
  readonly bank: PayoutsAtBank;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly entries: EntriesService;
  readonly reader: AccountReader;
  readonly suppliers: SupplierBook;
  readonly suppliersById: SuppliersById;
  /** Called after the commit, when suppliers have more to spend. */
  readonly opened: (...supplierIds: readonly string[]) => void;
}

export interface DocumentsForPayments {
  readonly documents: DocumentBook;
  readonly documentsById: DocumentsById;
  readonly payments: PaymentsService;
  readonly lostPayments: LostPaymentsService;
  readonly adjustments: AdjustmentsService;
}

export function buildPayments(
  foundation: Foundation,
  deps: PaymentsDeps,
  books: DocumentsForPayments,
): Module<StripeServices> {
  const { collector } = deps;
  const stripe = collector && buildStripe(foundation, { ...deps, ...books, collector });
  const resolvers = resolversOf(foundation, { ...deps, ...books, stripe });
  if (stripe === null) return { services: null, resolvers };
  return {
    services: stripe,
    resolvers,
    jobs: [stripeJob(foundation, stripe)],
    routes: [stripeEvents(stripe.inbox)],
  };
}

function resolversOf(
  { transact }: Foundation,
  given: PaymentsDeps & DocumentsForPayments & { readonly stripe: StripeServices },
): object[] {
  const deps = { ...given, transact, book: new PaymentBook(), rules: new TopUpRules() };
  return [
    new PaymentResolver(deps),
    new PaymentRelationsResolver(deps),
    new RefundRelationsResolver(deps),
    new AutomaticTopUpResolver(deps),
  ];
}

type Stripe = NonNullable<StripeServices>;

function buildStripe(
  { transact, clock, log, metrics }: Foundation,
  given: PaymentsDeps & DocumentsForPayments & { readonly collector: Collector },
): Stripe {
  const onError = (error: unknown, id: string): void => {
    log.warn({ err: error, id }, "a call to Stripe failed; it will be retried");
  };
  const onUnanswered = (error: unknown): void => {
    log.warn({ err: error }, "Stripe did not answer; the caller was asked to repeat the request");
  };
  const settled = countSettled(metrics);
  const deps = { ...given, transact, clock, onError, settled, book: new PaymentBook() };
  const collecting = new CollectingService(deps);
  const payouts = new PayoutsService(deps);
  const refunds = new RefundsService({ ...deps, refundBook: new RefundBook() });
  return {
    collecting,
    refunds,
    inbox: new StripeInbox({
      ...deps,
      events: new EventBook(),
      collecting,
      payouts,
      refunds,
      lost: given.lostPayments,
    }),
    topUps: new TopUpsService({ ...deps, collecting }),
    supplierPayments: new SupplierPayments({ ...deps, collecting, onUnanswered, rules: new TopUpRules() }),
  };
}

function stripeJob({ clock, log }: Foundation, { inbox, collecting, refunds, topUps }: Stripe): Job {
  const work = async (signal: AbortSignal): Promise<void> => {
    await inbox.work(signal);
    await collecting.resume(signal);
    await refunds.resume(signal);
    await topUps.run();
  };
  return repeated({ name: "payments through Stripe", pauseMs: 1_000, clock, log, work });
}

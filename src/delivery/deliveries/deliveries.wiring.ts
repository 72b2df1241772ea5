/** Builds the deliveries feature: how suppliers read their leads, and how a charge is refunded. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { FeedService } from "../../account/feed";
import type { AccountsService, OpeningsService } from "../../account/ledger";
import type { CampaignBook } from "../../offers/campaigns";
import type { ReceiptSigner } from "../../people/consent";
import type { LeadReader } from "../../people/leads";
import { readTogetherOn } from "../../platform/database";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { CreditResolver } from "./credit.resolver";
import { CreditService } from "./credit.service";
import { DeliveryBook } from "./delivery-book.service";
import { CapReachedResolver, LeadMatchedResolver, LeadUpdatedResolver } from "./feed-event.resolver";
import { LeadCredits } from "./lead-credits.service";
import { SupplierLeads } from "./supplier-leads.service";
import { LeadResolver } from "./lead.resolver";
import { LeadViews } from "./lead-views.service";
import { AnswerResolver, ReasonResolver } from "./words.resolver";

export interface DeliveriesServices {
  readonly deliveries: DeliveryBook;
  readonly inbox: SupplierLeads;
  readonly leadCredits: LeadCredits;
}

export interface DeliveriesDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly feed: FeedService;
  readonly campaigns: CampaignBook;
  readonly reader: LeadReader;
  readonly receipts: ReceiptSigner;
  /** Called after commit when a supplier may be able to receive leads again. */
  readonly opened: () => void;
  /** Called after commit with the topics that changed. */
  readonly wake: (topics: readonly string[]) => void;
}

export function buildDeliveries(foundation: Foundation, deps: DeliveriesDeps): Module<DeliveriesServices> {
  const { database, transact, clock, keys, publicUrl } = foundation;
  const { campaigns, reader, receipts } = deps;
  const deliveries = new DeliveryBook();
  const leadCredits = new LeadCredits({ ...deps, deliveries });
  const views = new LeadViews(readTogetherOn(database, clock), reader);
  const inbox = new SupplierLeads(transact, { leads: reader, views }, clock, keys.masterKey);
  const credits = new CreditService({ ...deps, transact, clock, deliveries, leadCredits });
  return {
    services: { deliveries, inbox, leadCredits },
    resolvers: [
      new AnswerResolver(),
      new CapReachedResolver(campaigns),
      new CreditResolver(credits),
      new LeadMatchedResolver(inbox),
      new LeadResolver({ inbox, campaigns, receipts, publicUrl }),
      new LeadUpdatedResolver(inbox),
      new ReasonResolver(),
    ],
  };
}

/** The dependencies of the upper modules: settings, and services of the modules below them. */
import { wholeOf } from "../../access/identity";
import { limitCheck } from "../../access/identity/limits.service";
import type { AllocationDeps } from "../../allocation/module";
import type { ConsumerDeps } from "../../consumer/module";
import type { DeliveryDeps } from "../../delivery/module";
import type { Foundation } from "../../platform/foundation";
import { networksOf } from "../../platform/outbound/addresses";
import { Outbound } from "../../platform/outbound/post";
import type { SandboxDeps } from "../../sandbox/module";
import { rankingAddress } from "../../web/pages/ranking";
import type { Modules } from "../modules";
import { holdings } from "./holdings";
import { certificatesOf, mailerOf, senderOf, type CompositionInputs, type With } from "./given";

export const delivery = (
  { transact }: Foundation,
  { config, documents, outboundTimeoutMs }: CompositionInputs,
  { people, access, account, offers, nudges }: With<"people" | "access" | "account" | "offers" | "nudges">,
): DeliveryDeps => {
  const { suppliers, feed } = account.services;
  return {
    ...access.services.identity,
    ...account.services.ledger,
    ...feed,
    ...nudges,
    reader: people.services.leads.reader,
    leads: people.services.leads.book,
    vault: people.services.leads.vault,
    receipts: people.services.consent.receipts,
    campaigns: offers.services.campaigns.book,
    documents,
    checkLimits: limitCheck(holdings),
    outbound: new Outbound({
      allowed: networksOf(config.outbound.allow),
      ca: certificatesOf(config),
      timeoutMs: outboundTimeoutMs,
    }),
    mailer: mailerOf(config),
    leaseSeconds: config.outbound.leaseSeconds,
    suppliersById: suppliers.suppliersById,
    supplierName: async (supplierId) =>
      (await transact(wholeOf(supplierId), (tx) => suppliers.book.one(tx, supplierId))).name,
  };
};

type BelowAllocation = "reference" | "people" | "access" | "account" | "offers" | "delivery" | "nudges";

export const allocation = (
  { config }: CompositionInputs,
  { reference, people, access, account, offers, delivery, nudges }: With<BelowAllocation>,
): AllocationDeps => ({
  audit: access.services.identity.audit,
  accounts: account.services.ledger.accounts,
  feed: account.services.feed.feed,
  suppliersById: account.services.suppliers.suppliersById,
  ...requestsOf(people),
  ...offersOf(offers),
  deliveries: delivery.services.deliveries.deliveries,
  rankingSources: {
    deliveries: delivery.services.deliveries.deliveries,
    reviews: account.services.suppliers.reviews,
    book: account.services.suppliers.book,
    centroids: reference.services.geo.centroids,
  },
  insightsPerHour: config.limits.insightsPerHour,
  wake: nudges.wake,
});

export const consumer = (
  { publicUrl }: Foundation,
  given: CompositionInputs,
  below: With<BelowAllocation | "allocation">,
): ConsumerDeps => {
  const { previewMinutes, limits } = given.config;
  const { allocator, decisions } = below.allocation.services.assign;
  return {
    ...below.access.services.identity,
    ...below.reference.services.geo,
    ...requestsOf(below.people),
    repeats: below.people.services.leads.repeats,
    confirmations: below.people.services.leads.confirmations,
    unconfirmed: below.people.services.leads.unconfirmed,
    tokens: below.people.services.leads.tokens,
    accounts: below.account.services.ledger.accounts,
    feed: below.account.services.feed.feed,
    suppliers: below.account.services.suppliers.book,
    campaigns: below.offers.services.campaigns.book,
    deliveries: below.delivery.services.deliveries.deliveries,
    shortlist: below.allocation.services.matching.shortlist,
    decisions,
    confirmed: (leadId) => {
      allocator.submit(leadId);
    },
    sender: senderOf(given),
    settings: { previewMinutes, formPerMinute: limits.formPerMinute },
    rankingUrl: () => publicUrl() + rankingAddress,
    wake: below.nudges.wake,
  };
};

type BelowSandbox = "people" | "access" | "account" | "offers" | "delivery" | "consumer" | "nudges";

export const sandbox = (below: With<BelowSandbox>): SandboxDeps => ({
  audit: below.access.services.identity.audit,
  suppliers: below.account.services.suppliers.book,
  accounts: below.account.services.ledger.accounts,
  billing: below.account.services.ledger.billing,
  feed: below.account.services.feed.feed,
  ...requestsOf(below.people),
  ...offersOf(below.offers),
  deliveries: below.delivery.services.deliveries.deliveries,
  inbox: below.delivery.services.deliveries.inbox,
  withdrawalsOf: below.consumer.services.person.sandboxWithdrawals,
  wake: below.nudges.wake,
});

/** Services that read a request and the person behind it. */
type Requests = Pick<AllocationDeps, "consents" | "leads" | "reader" | "vault">;

const requestsOf = ({ services: { consent, leads } }: Modules["people"]): Requests => ({
  consents: consent.consents,
  leads: leads.book,
  reader: leads.reader,
  vault: leads.vault,
});

type Offers = Pick<AllocationDeps, "campaigns" | "campaignsService" | "campaignPresence" | "ownCustomers"> &
  Pick<SandboxDeps, "floors">;

const offersOf = ({ services: { campaigns, ownCustomers } }: Modules["offers"]): Offers => ({
  campaigns: campaigns.book,
  campaignsService: campaigns.campaigns,
  floors: campaigns.floors,
  campaignPresence: campaigns.campaignPresence,
  ownCustomers: ownCustomers.ownCustomers,
});

/** Builds every service once, from the platform up. The only place that knows how they hang together. */
import { openingsTopic, type Allocator } from "../allocation/assign/allocator.job";
import type { DecisionBook } from "../allocation/assign/decision-book.service";
import type { CapStates } from "../allocation/assign/cap-states.service";
import { CapWatch } from "../allocation/assign/cap-watch.service";
import { Attended } from "../offers/campaigns/attended.service";
import { CampaignBook } from "../offers/campaigns/campaign-book.service";
import { CampaignsService, type CampaignsDeps } from "../offers/campaigns/campaigns.service";
import { ReceiptSigner } from "../people/consent/receipt.service";
import { GivingBack } from "../delivery/deliveries/giving-back.service";
import { CreditService } from "../delivery/deliveries/credit.service";
import { DeliveryBook } from "../delivery/deliveries/delivery-book.service";
import { SupplierLeads } from "../delivery/deliveries/supplier-leads.service";
import { LeadViews } from "../delivery/deliveries/lead-views.service";
import { feedsTopic, feedTopic } from "../account/feed";
import { FeedService } from "../account/feed/feed.service";
import { addressBaseAt, noAddressBase } from "../reference/geo/address-base.adapter";
import { Centroids } from "../reference/geo/centroids.service";
import type { OpeningsService } from "../account/ledger";
import { OwnCustomers } from "../offers/own-customers/own-customers.service";
import { campaignsTopic, Market } from "../allocation/matching/market.service";
import { Rankings } from "../allocation/matching/rankings.service";
import { Shortlist } from "../allocation/matching/shortlist.service";
import { OutcomesService } from "../delivery/outcomes/outcomes.service";
import { PersonalRequests } from "../consumer/person/personal-request.service";
import { RetentionJob } from "../consumer/person/retention.job";
import { WithdrawalService, type WithdrawalDeps } from "../consumer/person/withdrawal.service";
import { readTogetherOn, transactOn, type Transact } from "../platform/database";
import { allocationServices } from "./allocation-services";
import { einvoicingServices } from "./einvoicing-services";
import { endpointServices } from "./endpoint-services";
import { feedServices, presenceOf } from "./feed-services";
import type { Foundation } from "./foundation";
import { buildIdentity, type Identity } from "./identity-services";
import { insightServices } from "./insight-services";
import { buildIntake } from "./intake-services";
import { leadServices } from "./lead-services";
import { revocationLinks } from "./mail-services";
import { returnServices } from "./return-services";
import { sandboxServices } from "./sandbox-services";
import { sendingServices } from "./sending-services";
import { stripeServices } from "./stripe-services";
import { accountServices, financeServices } from "./money-services";
import { supplierServices } from "./supplier-services";

export type Services = ReturnType<typeof buildServices>;

export function buildServices(foundation: Foundation) {
  const { source, keys, clock } = foundation;
  const transact = transactOn(source, clock);
  const leads = leadServices(keys);
  const identity = buildIdentity(foundation, { transact, tokens: leads.tokens });
  const base = baseOf(foundation, { transact, ...leads, ...identity });
  const feed = new FeedService(transact);
  const presence = presenceOf(foundation, base);
  const parts = { ...base, campaigns: new CampaignBook(transact), deliveries: new DeliveryBook(), feed };
  const suppliers = supplierServices(foundation, base);
  const finance = financeServices(foundation, { ...base, ...suppliers, feed });
  const where = { centroids: new Centroids(), addresses: addressBase(foundation) };
  const market = new Market({ transact, campaigns: parts.campaigns, hints: foundation.hints });
  const rankings = new Rankings({ ...parts, ...suppliers, ...where });
  const allocating = allocationServices(foundation, { ...parts, market, rankings });
  const shortlist = new Shortlist({ transact, market, rankings });
  const afterIntake = { suppliers: suppliers.book, ...confirming(allocating.allocator) };
  const selling = campaignServices(foundation, { ...base, ...suppliers, ...where, ...allocating });
  const feeds = feedServices(foundation, { transact, feed, presence, rehearsal: identity.twins.drills });
  return {
    ...{ transact, identity, campaigns: parts.campaigns, centroids: where.centroids },
    ...{ market, ownCustomers: base.ownCustomers, accountReader: base.accountReader },
    ...suppliers,
    ...finance,
    einvoicing: einvoicingServices(foundation, { ...base, ...finance }),
    sending: sendingServices(foundation, { ...base, ...finance }),
    stripe: stripeServices(foundation, { ...base, ...suppliers, ...finance }),
    ...allocating,
    intake: buildIntake(foundation, { ...parts, ...where, ...afterIntake, shortlist }),
    ...{ presence, attended: base.attended },
    ...feeds,
    endpoints: endpointServices(foundation, { ...parts, reads: feeds.feedReads }),
    ...selling,
    insights: insightServices(foundation, { ...parts, ...allocating, ...selling }),
    ...deliveryServices(foundation, { ...parts, ...allocating }),
    ...personServices({ ...parts, ...allocating }),
    sandbox: { ...identity.twins, ...sandboxServices({ ...parts, ...suppliers, ...selling }) },
  };
}

function campaignServices(
  { hints, clock }: Foundation,
  parts: CampaignsDeps & {
    readonly capStates: CapStates;
    readonly campaignChanged: (supplierId: string) => void;
  },
) {
  const campaigns = new CampaignsService({ ...parts, opened: parts.campaignChanged });
  return {
    campaignsService: campaigns,
    capWatch: new CapWatch({ campaigns, states: parts.capStates, hints, clock }),
  };
}

/** Campaigns that wait for somebody are opened by who comes, as by money. */
const attending = <T extends { readonly openings: OpeningsService }>(
  money: T,
): T & { readonly attended: Attended } => ({ ...money, attended: new Attended(money.openings) });

type Leads = ReturnType<typeof leadServices>;

const baseOf = (
  foundation: Foundation,
  parts: Pick<Identity, "audit" | "idempotency"> & Leads & { readonly transact: Transact },
) => ({
  ...parts,
  clock: foundation.clock,
  ...wakers(foundation),
  ...attending(accountServices(foundation.clock)),
  ownCustomers: new OwnCustomers({ ...parts, clock: foundation.clock }, foundation.keys.indexKey),
});

function deliveryServices(
  foundation: Foundation,
  parts: ReturnType<typeof baseOf> & {
    readonly deliveries: DeliveryBook;
    readonly campaigns: CampaignBook;
    readonly decisions: DecisionBook;
    readonly feed: FeedService;
  },
) {
  const { clock, keys, publicUrl, source } = foundation;
  const givingBack = new GivingBack(parts);
  const views = new LeadViews(readTogetherOn(source, clock), parts.reader);
  const inbox = new SupplierLeads(
    parts.transact,
    { leads: parts.reader, views },
    parts.clock,
    keys.masterKey,
  );
  return {
    inbox,
    revocationLinks: revocationLinks(foundation, { ...parts, inbox }),
    credits: new CreditService({ ...parts, givingBack }),
    returning: returnServices({ ...parts, givingBack }),
    outcomes: new OutcomesService(parts, keys.indexKey),
    receipts: new ReceiptSigner(keys.receiptKey, publicUrl),
    personalRequests: new PersonalRequests(parts),
  };
}

function personServices(parts: WithdrawalDeps) {
  const withdrawals = new WithdrawalService(parts);
  return { withdrawals, retention: new RetentionJob(parts.transact, withdrawals, parts.clock) };
}

const confirming = (allocator: Allocator) => ({
  confirmed: (leadId: string): void => {
    allocator.submit(leadId);
  },
});

/** What is called after commit. */
const wakers = ({ hints }: Foundation) => ({
  /** Those named are told that something of theirs changed, too. */
  opened: (...suppliers: readonly string[]): void => {
    hints.publish([openingsTopic, ...suppliers.map(feedTopic)]);
  },
  campaignChanged: (supplierId: string): void => {
    hints.publish([campaignsTopic, openingsTopic, feedTopic(supplierId)]);
  },
  wake: (topics: readonly string[]): void => {
    hints.publish([...topics, feedsTopic]);
  },
});

function addressBase({ config, log }: Foundation) {
  if (config.addressApiBase === null) return noAddressBase;
  const onFailure = (error: unknown): void => {
    log.warn({ err: error }, "the address base did not answer; the request goes on without coordinates");
  };
  return addressBaseAt({ base: config.addressApiBase, onFailure });
}

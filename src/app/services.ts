/** Builds every service once, from the platform up. The only place that knows how they hang together. */
import { AllocationService, type AllocationDeps } from "../allocation/allocation.service";
import { Allocator, openingsTopic } from "../allocation/allocator.job";
import { CapStates } from "../allocation/cap-states.service";
import { CapUsage } from "../allocation/cap-usage.service";
import { DecisionBook } from "../allocation/decision-book.service";
import { DeliveryWriter } from "../allocation/delivery-writer.service";
import { KinSeats } from "../allocation/kin-seats.service";
import { Relations } from "../allocation/relations.service";
import { CampaignBook } from "../campaigns/campaign-book.service";
import { CampaignsService } from "../campaigns/campaigns.service";
import { productById } from "../catalogue";
import { ConsentRecord } from "../consent/consent-record.service";
import { ReceiptSigner } from "../consent/receipt.service";
import { CreditService } from "../deliveries/credit.service";
import { DeliveryBook } from "../deliveries/delivery-book.service";
import { Inbox } from "../deliveries/inbox.service";
import { Cursors } from "../feed/cursor.service";
import { FeedSource } from "../feed/feed-source.service";
import { FeedService } from "../feed/feed.service";
import { FeedFollower } from "../feed/follow.service";
import { addressBaseAt, noAddressBase } from "../geo/address-base.adapter";
import { Centroids } from "../geo/centroids.service";
import { Kin } from "../leads/kin.service";
import { LeadBook } from "../leads/lead-book.service";
import { LeadReader } from "../leads/lead-reader.service";
import { LeadVault } from "../leads/lead-vault.service";
import { PersonTokens } from "../leads/person-token.service";
import { AccountReader } from "../ledger/account-reader.service";
import { AccountsService } from "../ledger/accounts.service";
import { BankTransfersService } from "../ledger/bank-transfers.service";
import { BillingService } from "../ledger/billing.service";
import { OpeningsService } from "../ledger/openings.service";
import { OwnCustomers } from "../own-customers/own-customers.service";
import { OutcomesService } from "../outcomes/outcomes.service";
import { PersonalRequests } from "../person/personal-request.service";
import { RetentionJob } from "../person/retention.job";
import { WithdrawalService, type WithdrawalDeps } from "../person/withdrawal.service";
import { transactOn } from "../platform/database";
import { FinanceService } from "../suppliers/finance.service";
import { PriceFloors } from "../suppliers/price-floors.service";
import { SupplierBook } from "../suppliers/supplier-book.service";
import { SuppliersService } from "../suppliers/suppliers.service";
import type { Foundation } from "./foundation";
import { buildIdentity, type Identity } from "./identity-services";
import { buildIntake } from "./intake-services";
import type { Keys } from "./keys";

export type Services = ReturnType<typeof buildServices>;

export function buildServices(foundation: Foundation) {
  const { source, keys, clock } = foundation;
  const transact = transactOn(source);
  const leads = leadServices(keys);
  const identity = buildIdentity(foundation, { transact, tokens: leads.tokens });
  const { audit, idempotency } = identity;
  const money = moneyServices(clock);
  const ownCustomers = new OwnCustomers({ transact, audit, clock }, keys.indexKey);
  const base = {
    transact,
    clock,
    audit,
    ownCustomers,
    idempotency,
    ...wakers(foundation),
    ...leads,
    ...money,
  };
  const campaigns = new CampaignBook(transact);
  const deliveries = new DeliveryBook();
  const feed = new FeedService(transact);
  const allocating = allocationServices(foundation, { ...base, campaigns, deliveries, feed });
  const suppliers = supplierServices(base, identity);
  const where = { centroids: new Centroids(), addresses: addressBase(foundation) };
  return {
    ...{ transact, identity, campaigns, ownCustomers, accountReader: money.accountReader },
    ...suppliers,
    ...allocating,
    centroids: where.centroids,
    intake: buildIntake(foundation, {
      ...base,
      ...where,
      campaigns,
      suppliers: suppliers.book,
      ...confirming(allocating.allocator),
    }),
    feedSource: feedSource(foundation, feed),
    campaignsService: new CampaignsService({ ...base, floors: suppliers.floors }),
    inbox: new Inbox(transact, leads.reader, clock, keys.masterKey),
    credits: new CreditService({ ...base, deliveries }),
    outcomes: new OutcomesService({ transact, deliveries, vault: leads.vault, clock }, keys.indexKey),
    receipts: new ReceiptSigner(keys.receiptKey, foundation.publicUrl),
    personalRequests: new PersonalRequests({ ...base, deliveries }),
    ...personServices({ ...base, deliveries, feed }),
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
  opened: (): void => {
    hints.publish([openingsTopic]);
  },
  wake: (topics: readonly string[]): void => {
    hints.publish(topics);
  },
});

function addressBase({ config, log }: Foundation) {
  if (config.addressApiBase === null) return noAddressBase;
  const onFailure = (error: unknown): void => {
    log.warn({ err: error }, "the address base did not answer; the request goes on without coordinates");
  };
  return addressBaseAt({ base: config.addressApiBase, onFailure });
}

const feedSource = ({ hints, keys, feedEpoch }: Foundation, feed: FeedService) =>
  new FeedSource(feed, new FeedFollower(feed, hints), new Cursors(keys.tokenKey, feedEpoch));

type AllocationParts = Omit<AllocationDeps, "caps" | "decisions" | "writer" | "relations" | "kinSeats"> & {
  readonly deliveries: DeliveryBook;
  readonly feed: FeedService;
  readonly ownCustomers: OwnCustomers;
};

function allocationServices({ hints, log }: Foundation, parts: AllocationParts) {
  const { transact, leads, vault, campaigns, accounts, deliveries, feed, clock } = parts;
  const caps = new CapUsage();
  const decisions = new DecisionBook(transact, leads, vault, campaigns);
  const writer = new DeliveryWriter(accounts, feed, caps, deliveries);
  const allocation = new AllocationService({
    ...parts,
    ...{ caps, decisions, writer },
    relations: new Relations(parts.ownCustomers, clock),
    kinSeats: new KinSeats(parts.kin, deliveries, campaigns),
  });
  const onError = (error: unknown): void => {
    log.error({ err: error }, "an attempt to allocate failed; it will be tried again");
  };
  const capStates = new CapStates(transact, caps, clock);
  return {
    capStates,
    decisions,
    allocation,
    allocator: new Allocator({ allocation, transact, hints, clock, onError }),
  };
}

function leadServices(keys: Keys) {
  const vault = new LeadVault(keys.masterKey, keys.indexKey);
  const tokens = new PersonTokens(keys.tokenKey);
  const leads = new LeadBook();
  return {
    vault,
    tokens,
    leads,
    kin: new Kin(leads),
    reader: new LeadReader(vault),
    consents: new ConsentRecord(),
  };
}

function moneyServices(clock: () => Date) {
  const accounts = new AccountsService();
  const openings = new OpeningsService();
  return {
    accounts,
    openings,
    accountReader: new AccountReader(),
    billing: new BillingService(accounts, openings, clock),
    transfers: new BankTransfersService(accounts, openings, clock),
  };
}

type Base = Pick<Identity, "audit" | "idempotency"> & {
  readonly transact: ReturnType<typeof transactOn>;
  readonly clock: () => Date;
  readonly opened: () => void;
} & ReturnType<typeof moneyServices>;

function supplierServices(base: Base, identity: Identity) {
  const book = new SupplierBook();
  const floors = new PriceFloors({ ...base, ...identity, isProduct: (id) => productById(id) !== undefined });
  return {
    book,
    floors,
    suppliersService: new SuppliersService({ ...base, book }),
    finance: new FinanceService({ ...base, book, accounts: base.accountReader }),
  };
}

/** From a confirmed request to its deliveries, and every decision made again. */
import type { AuditService } from "../../access/identity";
import type { FeedService } from "../../account/feed";
import type { AccountsService } from "../../account/ledger";
import type { SuppliersById } from "../../account/suppliers";
import type { DeliveryBook } from "../../delivery/deliveries";
import type { CampaignPresence, CampaignBook, CampaignsService } from "../../offers/campaigns";
import type { OwnCustomers } from "../../offers/own-customers";
import type { ConsentRecord } from "../../people/consent";
import type { LeadBook, LeadReader, LeadVault } from "../../people/leads";
import type { Foundation } from "../../platform/foundation";
import { serviceJob } from "../../platform/job";
import type { Module } from "../../platform/module";
import type { Market, Rankings } from "../matching";
import { AllocationService } from "./allocation.service";
import { Allocator } from "./allocator.job";
import { BatchWriter } from "./batch-writer.service";
import { CapStateResolver } from "./cap-state.resolver";
import { CapStates } from "./cap-states.service";
import { CapUsage } from "./cap-usage.service";
import { CapWatchResolver } from "./cap-watch.resolver";
import { CapWatch } from "./cap-watch.service";
import { DecisionBook } from "./decision-book.service";
import { DecisionFacts } from "./decision-facts.service";
import { DecisionResolver, DecisionVerdictResolver } from "./decision.resolver";
import { OpenLeads } from "./open-leads.service";
import { PresenceFacts } from "./presence-facts.service";
import { Relations } from "./relations.service";
import { RepeatRequestSeats } from "./repeat-request-seats.service";
import { ReplaySpan } from "./replay-span.service";
import { Replays } from "./replays.service";

export interface AssignServices {
  readonly allocation: AllocationService;
  readonly allocator: Allocator;
  readonly decisions: DecisionBook;
  readonly capWatch: CapWatch;
}

export interface AssignDeps {
  readonly audit: AuditService;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly campaigns: CampaignBook;
  readonly suppliersById: SuppliersById;
  readonly campaignsService: CampaignsService;
  readonly campaignPresence: CampaignPresence;
  readonly ownCustomers: OwnCustomers;
  readonly deliveries: DeliveryBook;
  readonly consents: ConsentRecord;
  readonly leads: LeadBook;
  readonly reader: LeadReader;
  readonly vault: LeadVault;
  /** Called after commit. */
  readonly wake: (topics: readonly string[]) => void;
}

export interface MatchingForAssign {
  readonly market: Market;
  readonly rankings: Rankings;
}

export function buildAssign(
  foundation: Foundation,
  deps: AssignDeps,
  matching: MatchingForAssign,
): Module<AssignServices> {
  const { transact, hints, clock, log } = foundation;
  const { leads, reader, campaigns, audit } = deps;
  const caps = new CapUsage();
  const replays = new Replays(reader, campaigns);
  const decisions = new DecisionBook({ transact, leads, replays, audit });
  const allocation = allocationOf(foundation, { ...deps, ...matching, caps, decisions });
  const onError = (error: unknown): void => {
    log.error({ err: error }, "an attempt to allocate failed; it will be tried again");
  };
  const allocator = new Allocator({ allocation, transact, hints, clock, onError });
  const states = new CapStates(transact, caps, clock);
  const capWatch = new CapWatch({ campaigns: deps.campaignsService, states, hints, clock });
  return {
    services: { allocation, allocator, decisions, capWatch },
    resolvers: [
      new CapStateResolver(states),
      new CapWatchResolver(),
      new DecisionResolver(decisions, new ReplaySpan(transact, { decisions, replays, leads, audit })),
      new DecisionVerdictResolver({
        suppliersById: deps.suppliersById,
        campaignsById: (by, ids) => campaigns.seenBy(by, ids),
      }),
    ],
    jobs: [serviceJob("allocation", allocator)],
  };
}

interface Given extends AssignDeps, MatchingForAssign {
  readonly caps: CapUsage;
  readonly decisions: DecisionBook;
}

function allocationOf({ transact, clock, log }: Foundation, given: Given): AllocationService {
  const { accounts, campaigns, caps, market, rankings, ownCustomers, campaignPresence, wake } = given;
  const relations = new Relations(ownCustomers, clock);
  return new AllocationService({
    transact,
    accounts,
    market,
    clock,
    wake,
    openLeads: new OpenLeads({ ...given, repeatSeats: new RepeatRequestSeats(campaigns) }),
    writer: new BatchWriter(given),
    facts: new DecisionFacts({
      campaigns,
      caps,
      rankings,
      relations,
      presence: new PresenceFacts(campaignPresence),
    }),
    onDisagreement: (campaignIds) => {
      log.error(
        { campaignIds },
        "the index and the terms of these campaigns differ; the terms were followed",
      );
    },
  });
}

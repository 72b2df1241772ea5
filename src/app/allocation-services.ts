/** From a confirmed request to its deliveries, and every decision made again. */
import { BatchWriter } from "../allocation/assign/batch-writer.service";
import { AllocationService, type AllocationDeps } from "../allocation/assign/allocation.service";
import { Allocator } from "../allocation/assign/allocator.job";
import { CapStates } from "../allocation/assign/cap-states.service";
import { CapUsage } from "../allocation/assign/cap-usage.service";
import { DecisionBook } from "../allocation/assign/decision-book.service";
import { DecisionFacts } from "../allocation/assign/decision-facts.service";
import { RepeatRequestSeats } from "../allocation/assign/repeat-request-seats.service";
import { OpenLeads } from "../allocation/assign/open-leads.service";
import { PresenceFacts } from "../allocation/assign/presence-facts.service";
import { Relations } from "../allocation/assign/relations.service";
import { ReplaySpan } from "../allocation/assign/replay-span.service";
import { Replays } from "../allocation/assign/replays.service";
import type { Attended, CampaignBook } from "../offers/campaigns";
import type { ConsentRecord } from "../people/consent";
import type { DeliveryBook } from "../delivery/deliveries";
import type { FeedService } from "../account/feed";
import type { AuditService } from "../access/identity";
import type { LeadBook, LeadReader, LeadVault } from "../people/leads";
import type { Rankings } from "../allocation/matching";
import type { OwnCustomers } from "../offers/own-customers";
import type { Foundation } from "./foundation";

type MadeHere = "facts" | "openLeads" | "writer" | "onDisagreement";

export type AllocationParts = Omit<AllocationDeps, MadeHere> & {
  readonly leads: LeadBook;
  readonly vault: LeadVault;
  readonly consents: ConsentRecord;
  readonly campaigns: CampaignBook;
  readonly reader: LeadReader;
  readonly deliveries: DeliveryBook;
  readonly feed: FeedService;
  readonly ownCustomers: OwnCustomers;
  readonly rankings: Rankings;
  readonly audit: AuditService;
  readonly attended: Attended;
};

export function allocationServices({ hints, log }: Foundation, parts: AllocationParts) {
  const { transact, leads, reader, campaigns, clock, audit } = parts;
  const caps = new CapUsage();
  const replays = new Replays(reader, campaigns);
  const decisions = new DecisionBook({ transact, leads, replays, audit });
  const allocation = new AllocationService({
    ...parts,
    openLeads: new OpenLeads({ ...parts, decisions, repeatSeats: new RepeatRequestSeats(campaigns) }),
    writer: new BatchWriter({ ...parts, caps, decisions }),
    facts: new DecisionFacts({
      ...{ campaigns, caps, rankings: parts.rankings },
      relations: new Relations(parts.ownCustomers, clock),
      presence: new PresenceFacts(parts.attended),
    }),
    onDisagreement: (campaignIds) => {
      log.error(
        { campaignIds },
        "the index and the terms of these campaigns differ; the terms were followed",
      );
    },
  });
  const onError = (error: unknown): void => {
    log.error({ err: error }, "an attempt to allocate failed; it will be tried again");
  };
  return {
    ...{ allocation, decisions },
    replaySpan: new ReplaySpan(transact, { decisions, replays, leads, audit }),
    capStates: new CapStates(transact, caps, clock),
    allocator: new Allocator({ allocation, transact, hints, clock, onError }),
  };
}

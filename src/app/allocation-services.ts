/** From a confirmed request to its deliveries, and every decision made again. */
import { AllocationService, type AllocationDeps } from "../allocation/allocation.service";
import { Allocator } from "../allocation/allocator.job";
import { CapStates } from "../allocation/cap-states.service";
import { CapUsage } from "../allocation/cap-usage.service";
import { DecisionBook } from "../allocation/decision-book.service";
import { DecisionFacts } from "../allocation/decision-facts.service";
import { DeliveryWriter } from "../allocation/delivery-writer.service";
import { KinSeats } from "../allocation/kin-seats.service";
import { PresenceFacts } from "../allocation/presence-facts.service";
import { Relations } from "../allocation/relations.service";
import { ReplaySpan } from "../allocation/replay-span.service";
import { Replays } from "../allocation/replays.service";
import type { Attended, CampaignBook } from "../campaigns";
import type { DeliveryBook } from "../deliveries";
import type { FeedService } from "../feed";
import type { AuditService } from "../identity";
import type { LeadReader } from "../leads";
import type { Rankings } from "../matching";
import type { OwnCustomers } from "../own-customers";
import type { Foundation } from "./foundation";

type MadeHere = "facts" | "decisions" | "writer" | "kinSeats" | "onDisagreement";

export type AllocationParts = Omit<AllocationDeps, MadeHere> & {
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
  const { transact, leads, reader, campaigns, accounts, deliveries, clock, audit } = parts;
  const caps = new CapUsage();
  const replays = new Replays(reader, campaigns);
  const decisions = new DecisionBook({ transact, leads, replays, audit });
  const allocation = new AllocationService({
    ...{ ...parts, decisions },
    writer: new DeliveryWriter(accounts, parts.feed, caps, deliveries),
    facts: new DecisionFacts({
      ...{ campaigns, caps, rankings: parts.rankings },
      relations: new Relations(parts.ownCustomers, clock),
      presence: new PresenceFacts(parts.attended),
    }),
    kinSeats: new KinSeats(parts.kin, deliveries, campaigns),
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

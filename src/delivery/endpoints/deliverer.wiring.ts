/** Builds the background job that sends to endpoints. */
import { feedsTopic, feedTopic, type FeedReads, type FeedService } from "../../account/feed";
import type { AccountsService } from "../../account/ledger";
import type { Foundation } from "../../platform/foundation";
import { randomFraction } from "../../platform/random";
import { Deliverer } from "./deliverer.job";
import type { DeliveryLog } from "./delivery-log.service";
import type { EndpointNotice } from "./endpoint-notice";
import { Leases } from "./leases.service";
import type { EventSender } from "./event-sender.service";
import { Pauses } from "./pauses.service";
import { Pipeline } from "./pipeline.service";

export interface DelivererParts {
  readonly feed: FeedService;
  readonly reads: FeedReads;
  readonly accounts: AccountsService;
  readonly eventSender: EventSender;
  readonly log: DeliveryLog;
  readonly leaseSeconds: number;
}

export function buildDeliverer(
  { transact, clock, hints, log: journal, metrics }: Foundation,
  { feed, reads, accounts, eventSender, log, leaseSeconds }: DelivererParts,
): Deliverer {
  const onError = (error: unknown): void => {
    journal.error({ err: error }, "sending to an endpoint failed on our side; it will be retried");
  };
  const paused = ({ supplierId, endpointId, reason }: EndpointNotice): void => {
    journal.warn({ supplierId, endpointId, reason }, "an endpoint was paused");
    hints.publish([feedTopic(supplierId), feedsTopic]);
  };
  const leases = new Leases({ transact, clock, leaseSeconds });
  const pauses = new Pauses({ transact, feed, accounts, leases, clock, paused });
  const pipeline = new Pipeline({
    transact,
    reads,
    pauses,
    leases,
    eventSender,
    log,
    clock,
    draw: randomFraction,
    onError,
    attempted: (kind, outcome) => {
      metrics.deliveryAttempts.inc({ kind, outcome });
    },
  });
  return new Deliverer({ leases, pipeline, hints, clock, onError });
}

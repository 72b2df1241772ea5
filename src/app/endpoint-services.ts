/** Suppliers' endpoints: what sends events on, over which channels. */
import { readFileSync } from "node:fs";
import { ByHand } from "../delivery/endpoints/by-hand.service";
import { Deliverer } from "../delivery/endpoints/deliverer.job";
import { DeliveryLog } from "../delivery/endpoints/delivery-log.service";
import { EndpointBook } from "../delivery/endpoints/endpoint-book.service";
import { EndpointVault } from "../delivery/endpoints/endpoint-vault.service";
import { Endpoints } from "../delivery/endpoints/endpoints.service";
import { Leases } from "../delivery/endpoints/leases.service";
import { LogReader } from "../delivery/endpoints/log-reader.service";
import { Mailroom } from "../delivery/endpoints/mailroom.service";
import type { EndpointNotice } from "../delivery/endpoints/endpoint-notice";
import { Pauses } from "../delivery/endpoints/pauses.service";
import { Pipeline } from "../delivery/endpoints/pipeline.service";
import type { Sender } from "../delivery/endpoints/sender";
import { MessageIds } from "../delivery/endpoints/signature.service";
import { Standing } from "../delivery/endpoints/standing.service";
import { WebhookSender } from "../delivery/endpoints/webhook-sender.service";
import { feedsTopic, feedTopic, type FeedReads, type FeedService } from "../account/feed";
import { Cursors } from "../account/feed/cursor.service";
import { checkOwned } from "../access/identity/limits.service";
import type { AuditService, IdempotencyService } from "../access/identity";
import type { AccountsService } from "../account/ledger";
import type { Transact } from "../platform/database";
import { networksOf } from "../platform/outbound/addresses";
import { Outbound } from "../platform/outbound/post";
import { randomFraction } from "../platform/random";
import { Rate } from "../platform/rate";
import { SchemaDocuments } from "./event-documents";
import type { Foundation } from "./foundation";
import { mailSenders } from "./mail-services";

export interface EndpointParts {
  readonly transact: Transact;
  readonly feed: FeedService;
  readonly reads: FeedReads;
  readonly accounts: AccountsService;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
}

const byHandPerMinute = 30;

export function endpointServices(foundation: Foundation, parts: EndpointParts) {
  const { keys, clock, hints, feedEpoch } = foundation;
  const documents = new SchemaDocuments();
  const vault = new EndpointVault(keys.masterKey);
  const ids = new MessageIds(keys.tokenKey, feedEpoch);
  const mailroom = new Mailroom({
    senders: sendersOf(foundation, parts.transact),
    vault,
    documents,
    ids,
    clock,
  });
  const log = new DeliveryLog(clock);
  const due = (): void => {
    hints.publish([feedsTopic]);
  };
  return {
    ...{ documents, log },
    cursors: new Cursors(keys.tokenKey, feedEpoch),
    service: new Endpoints({
      ...parts,
      book: new EndpointBook({ vault, mailroom, clock, checkLimits: checkOwned }),
      vault,
      mailroom,
      documents,
      clock,
      due,
    }),
    reader: new LogReader(parts.transact),
    byHand: new ByHand({ ...parts, mailroom, log, clock, rate: new Rate(byHandPerMinute, 60) }),
    standing: new Standing(parts.transact, clock),
    deliverer: delivererOf(foundation, { ...parts, mailroom, log }),
  };
}

function sendersOf(foundation: Foundation, transact: Transact): readonly Sender[] {
  const { allow, caFile } = foundation.config.outbound;
  const ca = caFile === null ? null : readFileSync(caFile, "utf8");
  const outbound = new Outbound({ allowed: networksOf(allow), ca });
  return [new WebhookSender(outbound), ...mailSenders(foundation, { transact, outbound, ca })];
}

function delivererOf(
  { clock, hints, log: journal, config, metrics }: Foundation,
  parts: EndpointParts & { readonly mailroom: Mailroom; readonly log: DeliveryLog },
): Deliverer {
  const onError = (error: unknown): void => {
    journal.error({ err: error }, "sending to an endpoint failed on our side; it will be tried again");
  };
  const paused = ({ supplierId, endpointId, reason }: EndpointNotice): void => {
    journal.warn({ supplierId, endpointId, reason }, "an endpoint was paused");
    hints.publish([feedTopic(supplierId), feedsTopic]);
  };
  const attempted = (kind: string, outcome: string): void => {
    metrics.deliveryAttempts.inc({ kind, outcome });
  };
  const leases = new Leases({ transact: parts.transact, clock, leaseSeconds: config.outbound.leaseSeconds });
  const pauses = new Pauses({ ...parts, leases, clock, paused });
  const pipeline = new Pipeline({
    ...parts,
    leases,
    pauses,
    clock,
    draw: randomFraction,
    attempted,
    onError,
  });
  return new Deliverer({ clock, leases, pipeline, hints, onError });
}

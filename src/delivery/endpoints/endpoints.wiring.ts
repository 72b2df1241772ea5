/** Builds the endpoints feature: managing endpoints, sending to them, their log, and their metrics. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import { feedsTopic, type Cursors, type FeedReads, type FeedService } from "../../account/feed";
import type { AccountsService } from "../../account/ledger";
import type { Foundation } from "../../platform/foundation";
import { repeated, serviceJob, type Job } from "../../platform/job";
import type { Module } from "../../platform/module";
import { RateLimiter } from "../../platform/rate-limiter";
import type { SupplierLeads } from "../deliveries";
import { ManualAttempts } from "./manual-attempts.service";
import { buildDeliverer } from "./deliverer.wiring";
import { DeliveryLog } from "./delivery-log.service";
import { EndpointBook, type EndpointBookDeps } from "./endpoint-book.service";
import { EndpointLogResolver } from "./endpoint-log.resolver";
import { EndpointResolver } from "./endpoint.resolver";
import { EndpointVault } from "./endpoint-vault.service";
import { Endpoints } from "./endpoints.service";
import type { EventDocuments } from "./event-documents";
import { LogReader } from "./log-reader.service";
import { EventSender } from "./event-sender.service";
import { RevocationLinksResolver } from "./revocation-links.resolver";
import { RevocationLinks } from "./revocation-links.service";
import { RevocationTokens } from "./revocation-token.service";
import { buildSenders, type SendersDeps } from "./senders.wiring";
import { MessageIds } from "./signature.service";
import { EndpointHealth } from "./endpoint-health.service";

export interface EndpointsDeps extends SendersDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly accounts: AccountsService;
  readonly feed: FeedService;
  readonly reads: FeedReads;
  readonly cursors: Cursors;
  readonly checkLimits: EndpointBookDeps["checkLimits"];
  readonly documents: EventDocuments;
  /** How long after a process is killed another one may take over its endpoints. */
  readonly leaseSeconds: number;
}

const manualAttemptsPerMinute = 30;

export function buildEndpoints(
  foundation: Foundation,
  deps: EndpointsDeps,
  inbox: SupplierLeads,
): Module<Record<string, never>> {
  const { keys, clock, feedEpoch, transact } = foundation;
  const { documents, cursors } = deps;
  const vault = new EndpointVault(keys.masterKey);
  const ids = new MessageIds(keys.tokenKey, feedEpoch);
  const eventSender = new EventSender({
    senders: buildSenders(foundation, deps),
    vault,
    documents,
    ids,
    clock,
  });
  const log = new DeliveryLog(clock);
  const rate = new RateLimiter(manualAttemptsPerMinute, 60);
  const manualAttempts = new ManualAttempts({ ...deps, transact, eventSender, log, clock, rate });
  const tokens = new RevocationTokens(keys.tokenKey);
  const links = new RevocationLinks({ transact, inbox, audit: deps.audit, tokens, clock });
  return {
    services: {},
    resolvers: [
      new EndpointLogResolver({ reader: new LogReader(transact), manualAttempts, cursors }),
      new EndpointResolver(endpointsOf(foundation, deps, { vault, eventSender }), cursors),
      new RevocationLinksResolver(links),
    ],
    jobs: [
      serviceJob("sending to endpoints", buildDeliverer(foundation, { ...deps, eventSender, log }), {
        stopsWithServer: true,
      }),
      ...housekeeping(foundation, log),
    ],
  };
}

function endpointsOf(
  { transact, clock, hints }: Foundation,
  deps: EndpointsDeps,
  parts: { readonly vault: EndpointVault; readonly eventSender: EventSender },
): Endpoints {
  const due = (): void => {
    hints.publish([feedsTopic]);
  };
  const book = new EndpointBook({ ...parts, clock, checkLimits: deps.checkLimits });
  return new Endpoints({ ...deps, ...parts, transact, book, clock, due });
}

function housekeeping(
  { transact, clock, log, metrics }: Foundation,
  deliveryLog: DeliveryLog,
): readonly Job[] {
  const health = new EndpointHealth(transact, clock);
  const count = async (): Promise<void> => {
    const { openCircuits, oldestWaitingSeconds } = await health.now();
    metrics.openCircuits.set(openCircuits);
    metrics.oldestWaitingSeconds.set(oldestWaitingSeconds);
  };
  const forget = (): Promise<unknown> => transact({ role: "worker" }, (tx) => deliveryLog.forgetOld(tx));
  return [
    repeated({
      name: "counting what waits to be sent to endpoints",
      pauseMs: 10_000,
      clock,
      log,
      level: "warn",
      work: count,
    }),
    repeated({ name: "forgetting old attempts to deliver", pauseMs: 60_000, clock, log, work: forget }),
  ];
}

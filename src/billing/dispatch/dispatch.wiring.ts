/** Builds the delivery of documents: by mail to the supplier, and to the e-invoicing platform. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { ProfilesService } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import type { Mailer } from "../../platform/mail/smtp.adapter";
import { countSettled } from "../../platform/metrics";
import { partsOf, type Module } from "../../platform/module";
import type { BillingDocument, DocumentBook } from "../documents";
import { afnorPlatform, type AfnorSettings } from "./afnor.adapter";
import { DocumentListResolver } from "./document-list.resolver";
import { DocumentList } from "./document-list.service";
import { FlowBook } from "./flow-book.service";
import { LifeCycleReader } from "./life-cycle.job";
import { SendingBook } from "./sending-book.service";
import { SendingResolver } from "./sending.resolver";
import { SendingService } from "./sending.service";
import { Sendings } from "./sendings.job";
import { TransmissionJob } from "./transmission.job";
import { TransmissionEventResolver, TransmissionResolver } from "./transmission.resolver";
import { Transmissions } from "./transmissions.service";

export interface DispatchServices {
  /** Null when no mail server is configured. */
  readonly sendings: Sendings | null;
  /** Null when no e-invoicing platform is configured. */
  readonly platform: PlatformJobs | null;
}

export interface PlatformJobs {
  readonly transmission: TransmissionJob;
  readonly lifeCycle: LifeCycleReader;
}

export interface DispatchDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly profiles: ProfilesService;
  readonly mailer: Mailer | null;
  /** `since`: documents issued from this day on go to the platform. */
  readonly einvoicing: (AfnorSettings & { readonly since: string }) | null;
}

export interface DocumentsForDispatch {
  readonly documents: DocumentBook;
  readonly facturX: (document: BillingDocument) => Promise<Uint8Array>;
}

type Given = DispatchDeps & DocumentsForDispatch;

export function buildDispatch(
  foundation: Foundation,
  deps: DispatchDeps,
  books: DocumentsForDispatch,
): Module<DispatchServices> {
  const given = { ...deps, ...books };
  const mail = buildMail(foundation, given);
  const platform = buildPlatform(foundation, given);
  return {
    services: { sendings: mail.services, platform: platform.services },
    ...partsOf([mail, platform]),
  };
}

function buildMail(foundation: Foundation, given: Given): Module<Sendings | null> {
  const { transact, clock, log, metrics } = foundation;
  const { mailer, documents } = given;
  const book = new SendingBook(clock);
  const service = new SendingService({ ...given, transact, book, canSend: mailer !== null });
  const resolvers = [new SendingResolver(transact, { service, book, documents })];
  if (mailer === null) return { services: null, resolvers };
  const onError = (error: unknown, sendingId: string): void => {
    log.error({ err: error, sendingId }, "a document could not be sent by mail; it will be retried");
  };
  const settled = countSettled(metrics);
  const sendings = new Sendings({ ...given, transact, book, mailer, clock, onError, settled });
  return {
    services: sendings,
    resolvers,
    jobs: [sending(foundation, "sending documents by mail", (signal) => sendings.run(signal))],
  };
}

function buildPlatform(foundation: Foundation, given: Given): Module<PlatformJobs | null> {
  const { transact, clock, log, metrics } = foundation;
  const { einvoicing, audit, idempotency, documents } = given;
  const flows = new FlowBook(clock);
  const transmissions = new Transmissions({
    ...{ transact, flows, idempotency, audit },
    canSend: einvoicing !== null,
  });
  const resolvers = [
    new DocumentListResolver(transact, new DocumentList(documents)),
    new TransmissionResolver(transact, transmissions, documents),
    new TransmissionEventResolver(),
  ];
  if (einvoicing === null) return { services: null, resolvers };
  const onError = (error: unknown, flowId: string): void => {
    log.warn({ err: error, flowId }, "a call to the e-invoicing platform failed");
  };
  const platform = afnorPlatform(einvoicing, clock);
  const { since } = einvoicing;
  const settled = countSettled(metrics);
  const deps = { ...given, transact, clock, flows, since, onError, platform, settled };
  const transmission = new TransmissionJob(deps);
  const lifeCycle = new LifeCycleReader(deps);
  const work = async (signal: AbortSignal): Promise<void> => {
    await transmission.run(signal);
    await lifeCycle.run();
  };
  return {
    services: { transmission, lifeCycle },
    resolvers,
    jobs: [sending(foundation, "the e-invoicing platform", work)],
  };
}

const sending = (
  { clock, log }: Foundation,
  name: string,
  work: (signal: AbortSignal) => Promise<unknown>,
): Job => repeated({ name, pauseMs: 10_000, clock, log, work });

/** Builds the delivery of documents: by mail to the supplier, and to the e-invoicing platform (platform.wiring.ts). */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { ProfilesService } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import type { Mailer } from "../../platform/mail/smtp.adapter";
import { countSettled } from "../../platform/metrics";
import { partsOf, type Module } from "../../platform/module";
import type { BillingDocument, DocumentBook } from "../documents";
import { buildPlatform, sending, type PlatformJobs, type PlatformSettings } from "./platform.wiring";
import { SendingBook } from "./sending-book.service";
import { SendingResolver } from "./sending.resolver";
import { SendingService } from "./sending.service";
import { Sendings } from "./sendings.job";

export interface DispatchServices {
  /** Null when no mail server is configured. */
  readonly sendings: Sendings | null;
  /** Null when no e-invoicing platform is configured. */
  readonly platform: PlatformJobs | null;
}

export interface DispatchDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly profiles: ProfilesService;
  readonly mailer: Mailer | null;
  readonly einvoicing: PlatformSettings | null;
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

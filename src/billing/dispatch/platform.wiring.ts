/** Builds what goes to the e-invoicing platform: documents, payments of them, and reports of other sales. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import { countSettled } from "../../platform/metrics";
import type { Module } from "../../platform/module";
import type { BillingDocument, DocumentBook } from "../documents";
import { afnorPlatform, type AfnorSettings } from "./afnor.adapter";
import { DocumentListResolver } from "./document-list.resolver";
import { DocumentList } from "./document-list.service";
import { FlowBook } from "./flow-book.service";
import { LifeCycleReader } from "./life-cycle.job";
import { ReportBook } from "./report-book.service";
import { ReportJob } from "./report.job";
import type { VatRegime } from "./report-period";
import type { ReportSender } from "./sales-report";
import { ReportedDocumentResolver, SalesReportResolver } from "./sales-report.resolver";
import { SalesReports } from "./sales-reports.service";
import { SalesToReport } from "./sales-to-report.service";
import { TransmissionJob } from "./transmission.job";
import { TransmissionEventResolver, TransmissionResolver } from "./transmission.resolver";
import { Transmissions } from "./transmissions.service";

export interface PlatformJobs {
  readonly transmission: TransmissionJob;
  readonly lifeCycle: LifeCycleReader;
  /** Null when no sales are reported. */
  readonly reports: ReportJob | null;
}

export interface PlatformSettings extends AfnorSettings {
  /** "YYYY-MM-DD": documents issued from this day on go to the platform. */
  readonly since: string;
  /** Null when no sales are reported. */
  readonly reporting: { readonly regime: VatRegime; readonly sender: ReportSender } | null;
}

interface Given {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly einvoicing: PlatformSettings | null;
  readonly documents: DocumentBook;
  readonly facturX: (document: BillingDocument) => Promise<Uint8Array>;
}

interface Parts {
  readonly flows: FlowBook;
  readonly sales: SalesToReport | null;
}

export function buildPlatform(foundation: Foundation, given: Given): Module<PlatformJobs | null> {
  const { einvoicing } = given;
  const parts = { flows: new FlowBook(foundation.clock), sales: salesOf(foundation, einvoicing) };
  const resolvers = resolversOf(foundation, given, parts);
  if (einvoicing === null) return { services: null, resolvers };
  const services = jobsOf(foundation, { ...given, einvoicing }, parts);
  const work = async (signal: AbortSignal): Promise<void> => {
    await services.transmission.run(signal);
    await services.reports?.run(signal);
    await services.lifeCycle.run();
  };
  return { services, resolvers, jobs: [sending(foundation, "the e-invoicing platform", work)] };
}

function salesOf({ clock }: Foundation, settings: PlatformSettings | null): SalesToReport | null {
  if (!settings?.reporting) return null;
  return new SalesToReport({ regime: settings.reporting.regime, since: settings.since, clock });
}

function resolversOf(foundation: Foundation, given: Given, { flows, sales }: Parts): readonly object[] {
  const { transact, clock } = foundation;
  const { einvoicing, audit, idempotency, documents } = given;
  const transmissions = new Transmissions({
    ...{ transact, flows, idempotency, audit },
    canSend: einvoicing !== null,
  });
  const reports = new SalesReports({ transact, clock, documents, idempotency, audit, sales });
  return [
    new DocumentListResolver(transact, new DocumentList(documents)),
    new TransmissionResolver(transact, transmissions, documents),
    new TransmissionEventResolver(),
    new SalesReportResolver(transact, reports),
    new ReportedDocumentResolver(transact, reports),
  ];
}

function jobsOf(
  { transact, clock, log, metrics }: Foundation,
  given: Given & { readonly einvoicing: PlatformSettings },
  { flows, sales }: Parts,
): PlatformJobs {
  const { since, reporting } = given.einvoicing;
  const onError = (error: unknown, flowId: string): void => {
    log.warn({ err: error, flowId }, "a call to the e-invoicing platform failed");
  };
  if (!reporting)
    log.warn("sales to companies abroad are not reported to the tax authority: set EREPORTING_…");
  const platform = afnorPlatform(given.einvoicing, clock);
  const reports = new ReportBook(clock);
  const settled = countSettled(metrics);
  const deps = { ...given, transact, clock, flows, reports, since, onError, platform, settled };
  return {
    transmission: new TransmissionJob(deps),
    lifeCycle: new LifeCycleReader(deps),
    reports: reporting && sales ? new ReportJob({ ...deps, sales, sender: reporting.sender }) : null,
  };
}

export const sending = (
  { clock, log }: Foundation,
  name: string,
  work: (signal: AbortSignal) => Promise<unknown>,
): Job => repeated({ name, pauseMs: 10_000, clock, log, work });

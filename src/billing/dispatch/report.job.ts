/**
 * Sends reports of sales to the e-invoicing platform, which sends them on to the tax authority. Each report is stored
 * before it is sent, with what it contains, and is searched for by its id before it is submitted again.
 */
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { DueRows, type SettledRow } from "../../platform/due-rows/due-rows";
import type { Attempted } from "../../shared/retry";
import type { BillingDocument, DocumentBook } from "../documents";
import { failureOfFlow, reportPolicy, sentOnce } from "./flow-sending.job";
import type { Platform } from "./platform";
import type { ReportBook, WaitingReport } from "./report-book.service";
import { salesReportXml, type ReportSender } from "./sales-report";
import type { SalesToReport } from "./sales-to-report.service";

export interface ReportJobDeps {
  readonly transact: Transact;
  readonly platform: Platform;
  readonly reports: ReportBook;
  readonly sales: SalesToReport;
  readonly documents: DocumentBook;
  readonly sender: ReportSender;
  readonly clock: Clock;
  readonly onError: (error: unknown, flowId: string) => void;
  readonly settled: SettledRow;
}

export class ReportJob {
  private readonly rows: DueRows<WaitingReport, string>;

  constructor(private readonly deps: ReportJobDeps) {
    this.rows = new DueRows({
      ...deps,
      ...reportPolicy,
      statements: deps.reports,
      work: (report) => this.send(report),
      failureOf: failureOfFlow,
    });
  }

  /** Makes and sends what is due. Safe in several processes at once. Resolves with the number of reports sent. */
  async run(signal: AbortSignal): Promise<number> {
    const { transact, sales } = this.deps;
    await transact({ role: "worker" }, (tx) => sales.look(tx));
    return this.rows.run(signal);
  }

  private send(report: WaitingReport): Promise<Attempted<string>> {
    return sentOnce(this.deps.platform, report, async () => ({
      trackingId: report.id,
      name: `ventes-${report.from}-${report.to}.xml`,
      syntax: "FRR",
      content: Buffer.from(await this.xmlOf(report)),
    }));
  }

  private async xmlOf({ id, kind, from, to, since }: WaitingReport): Promise<string> {
    const { transact, reports, documents, sender } = this.deps;
    const contents = await transact({ role: "worker" }, async (tx) =>
      [...(await documents.byIds(tx, await reports.documentsOf(tx, id))).values()].map(
        ({ document }) => document,
      ),
    );
    const sorted = contents.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    const [first] = sorted;
    if (!first) throw new Error("a report of sales has no documents");
    const seller = first.seller;
    return salesReportXml({ id, kind, from, to, createdAt: since, sender, seller, documents: sorted });
  }
}

const orderOf = ({ issuedOn, name }: BillingDocument): string => `${issuedOn} ${name}`;

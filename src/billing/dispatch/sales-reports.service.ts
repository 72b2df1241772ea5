/** Read model of reports of sales, for staff, and making a refused one again. */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { Transact } from "../../platform/database";
import type { Clock } from "../../platform/clock";
import { AppError, notConfigured, notFound } from "../../shared/errors";
import { dateIn } from "../../shared/calendar";
import { isId } from "../../shared/months";
import type { DocumentBook, DocumentView } from "../documents";
import { attemptsForFinance, type LifeCycleStatus } from "./life-cycle";
import type { ReportKind, ReportState } from "./plan-reports";
import type { SalesToReport } from "./sales-to-report.service";

export interface SalesReportView {
  readonly id: string;
  /** "YYYY-MM-DD" */
  readonly from: string;
  readonly to: string;
  readonly dueOn: string;
  readonly kind: ReportKind;
  readonly status: ReportState;
  readonly documentCount: number;
  readonly flowId: string | null;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly needsAction: boolean;
  /** In the order in which they were set. */
  readonly statuses: readonly LifeCycleStatus[];
}

type Row = Omit<SalesReportView, "statuses"> & {
  readonly statuses: readonly (Pick<LifeCycleStatus, "code" | "reasons"> & { readonly at: string })[];
};

/** $1 is the day in Paris. */
const columns =
  'id, "from", "to", "dueOn", kind, status, "documentCount", "flowId", failure, "createdAt", "sentAt", "needsAction", statuses';
const reports = `
  SELECT ${columns} FROM (SELECT r.id, r.period_from::text AS "from", r.period_to::text AS "to", r.due_on::text AS "dueOn",
    r.kind, r.state AS status, r.documents AS "documentCount", r.flow_id AS "flowId", r.failure,
    r.created_at AS "createdAt", r.sent_at AS "sentAt",
    NOT EXISTS (SELECT FROM sales_report later WHERE later.period_from = r.period_from
      AND later.period_to = r.period_to AND (later.created_at, later.id) > (r.created_at, r.id))
    AND (r.state = 'REFUSED' OR r.state = 'WAITING' AND (r.attempts >= ${String(attemptsForFinance)} OR r.due_on < $1::date))
      AS "needsAction",
    coalesce((SELECT json_agg(json_build_object('code', s.code, 'at', s.at, 'reasons', s.reasons) ORDER BY s.at, s.code)
      FROM sales_report_status s WHERE s.report_id = r.id), '[]') AS statuses
  FROM sales_report r) report`;

export interface ReportPage {
  readonly needsAction: boolean | null;
  readonly after: { readonly createdAt: string; readonly id: string } | null;
  readonly limit: number;
}

export class SalesReports {
  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly clock: Clock;
      readonly documents: DocumentBook;
      readonly idempotency: IdempotencyService;
      readonly audit: AuditService;
      /** Null when no reports are sent here. */
      readonly sales: SalesToReport | null;
    },
  ) {}

  /** Newest first. */
  async page(tx: EntityManager, { needsAction, after, limit }: ReportPage): Promise<SalesReportView[]> {
    const rows: Row[] = await tx.query(
      `${reports} WHERE ($2::boolean IS NULL OR "needsAction" = $2)
         AND ($3::timestamptz IS NULL OR ("createdAt", id) < ($3, $4::uuid))
       ORDER BY "createdAt" DESC, id DESC LIMIT $5`,
      [this.today(), needsAction, after?.createdAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(viewOf);
  }

  async one(tx: EntityManager, id: string): Promise<SalesReportView | null> {
    const rows: Row[] = isId(id) ? await tx.query(`${reports} WHERE id = $2`, [this.today(), id]) : [];
    const [row] = rows;
    return row ? viewOf(row) : null;
  }

  /** The newest report that contains a document, by document. */
  async containing(
    tx: EntityManager,
    documentIds: readonly string[],
  ): Promise<ReadonlyMap<string, SalesReportView>> {
    const rows: (Row & { documentId: string })[] = await tx.query(
      `SELECT DISTINCT ON (d.document_id) d.document_id AS "documentId", ${columns}
       FROM sales_report_document d JOIN (${reports}) report ON report.id = d.report_id
       WHERE d.document_id = ANY ($2) ORDER BY d.document_id, report."createdAt" DESC, report.id DESC`,
      [this.today(), documentIds],
    );
    return new Map(rows.map(({ documentId, ...row }) => [documentId, viewOf(row)]));
  }

  /** The documents of a report by their ids. */
  async documents(
    tx: EntityManager,
    reportId: string,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<DocumentView[]> {
    const rows: { id: string }[] = await tx.query(
      `SELECT document_id AS id FROM sales_report_document
       WHERE report_id = $1 AND ($2::uuid IS NULL OR document_id > $2) ORDER BY document_id LIMIT $3`,
      [reportId, page.after, page.limit],
    );
    const found = await this.deps.documents.byIds(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.flatMap(({ id }) => found.get(id) ?? []);
  }

  /** Makes a refused report again, with all documents of its period, once the problem is fixed. */
  async resend(by: Principal, id: string, key: string): Promise<SalesReportView> {
    const { transact, idempotency, sales } = this.deps;
    if (!sales) throw notConfigured("No reports of sales are sent from here (EREPORTING_…).");
    await this.required(by, id);
    const request = { principal: by.consumer, operation: "resendSalesReport", key, supplierId: null };
    const made = await transact({ role: "worker" }, (tx) =>
      idempotency.once(tx, { ...request, input: { id } }, async () => {
        const newest = await sales.again(tx, id);
        if (newest === null) throw notRefused();
        const act = { actor: by.consumer, action: "SALES_REPORT_RESENT", subject: `sales_report:${newest}` };
        await this.deps.audit.record(tx, { ...act, supplierId: null, detail: {} });
        return { id: newest };
      }),
    );
    return this.required(by, made.id);
  }

  private async required(by: Principal, id: string): Promise<SalesReportView> {
    const found = await this.deps.transact(scopeOf(by), (tx) => this.one(tx, id));
    if (!found) throw notFound("report");
    return found;
  }

  private today(): string {
    return dateIn("Europe/Paris", this.deps.clock.now());
  }
}

const notRefused = (): AppError =>
  new AppError("CONFLICT", "Only the newest report of its period can be sent again, when it was refused.", {
    reason: "NOT_REFUSED",
  });

const viewOf = ({ statuses, ...row }: Row): SalesReportView => ({
  ...row,
  statuses: statuses.map(({ code, at, reasons }) => ({
    ...{ code, at: new Date(at), reasons },
    reasonCode: reasons.find((reason) => reason.code !== null)?.code ?? null,
    reason: reasons.find((reason) => reason.text !== null)?.text ?? null,
  })),
});

/** Finds documents that are to be reported, and makes the reports of periods that are over. */
import type { EntityManager } from "typeorm";
import { treatmentsOn } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { dateIn } from "../../shared/calendar";
import { kindOf, plannedReports, type PeriodOfSales, type ReportKind } from "./plan-reports";
import { reportPeriodOf, type VatRegime } from "./report-period";

const atOnce = 100;
/** A transaction that was open during the last scan commits later with earlier timestamps. */
const overlapMs = 600_000;
/** So long after midnight, no transaction of the day before is still open. */
const graceMs = 3_600_000;

type Period = PeriodOfSales & { readonly dueOn: string };

export class SalesToReport {
  constructor(
    private readonly deps: {
      readonly regime: VatRegime;
      /** "YYYY-MM-DD": earlier documents are not reported. */
      readonly since: string;
      readonly clock: Clock;
    },
  ) {}

  /** One scan at a time: two could report the same document twice. */
  async look(tx: EntityManager): Promise<void> {
    const now = this.deps.clock.now();
    const from = new Date((await this.lock(tx)).getTime() - overlapMs);
    const count = await this.note(tx, from);
    if (count < atOnce)
      await tx.query("UPDATE sales_report_progress SET looked_at = greatest(looked_at, $1)", [now]);
    const today = dateIn("Europe/Paris", new Date(now.getTime() - graceMs));
    for (const period of plannedReports(await periodsOf(tx, null), today)) await this.report(tx, period);
  }

  /** Makes another report of a period, even though its newest was refused. */
  async again(tx: EntityManager, reportId: string): Promise<string | null> {
    await this.lock(tx);
    const [period] = await periodsOf(tx, reportId);
    return period?.newest === "REFUSED" && period.isIncomplete ? this.report(tx, period) : null;
  }

  private async lock(tx: EntityManager): Promise<Date> {
    await tx.query(
      "INSERT INTO sales_report_progress (one, looked_at) VALUES (true, $1::date) ON CONFLICT DO NOTHING",
      [this.deps.since],
    );
    const [row]: { at: Date }[] = await tx.query(
      "SELECT looked_at AS at FROM sales_report_progress FOR UPDATE",
    );
    return row?.at ?? new Date(0);
  }

  /** Documents to companies that get no French e-invoice. One that was sent as an e-invoice before is not reported. */
  private async note(tx: EntityManager, from: Date): Promise<number> {
    const rows: { id: string; day: string }[] = await tx.query(
      `SELECT d.id, d.issued_on::text AS day FROM billing_document d
       WHERE d.issued_at >= $1 AND d.issued_on >= $2
         AND (d.treatment = ANY ($3) OR d.treatment = ANY ($4) AND d.content->'buyer'->>'siren' = '')
         AND NOT EXISTS (SELECT FROM reportable_sale WHERE document_id = d.id)
         AND NOT EXISTS (SELECT FROM einvoice_flow WHERE document_id = d.id AND state <> 'REFUSED')
       ORDER BY d.issued_at LIMIT ${String(atOnce)}`,
      [from, this.deps.since, treatmentsOn("E_REPORTED"), treatmentsOn("E_INVOICED")],
    );
    for (const { id, day } of rows) {
      const { from: first, to, dueOn } = reportPeriodOf(day, this.deps.regime);
      await tx.query(
        `INSERT INTO reportable_sale (document_id, period_from, period_to, due_on, report_id)
         VALUES ($1, $2, $3, $4, NULL) ON CONFLICT DO NOTHING`,
        [id, first, to, dueOn],
      );
    }
    return rows.length;
  }

  private async report(tx: EntityManager, period: Period): Promise<string> {
    const id = newId();
    const kind: ReportKind = kindOf(period);
    await tx.query(
      `INSERT INTO sales_report (id, period_from, period_to, due_on, kind, documents, state, flow_id, attempts,
         next_try_at, failure, created_at, sent_at)
       SELECT $1, $2, $3, $4, $5, count(*), 'WAITING', NULL, 0, $6, NULL, $6, NULL FROM reportable_sale
       WHERE period_from = $2 AND period_to = $3`,
      [id, period.from, period.to, period.dueOn, kind, this.deps.clock.now()],
    );
    await tx.query(
      `WITH sale AS (UPDATE reportable_sale SET report_id = $1 WHERE period_from = $2 AND period_to = $3
         RETURNING document_id)
       INSERT INTO sales_report_document (report_id, document_id) SELECT $1, document_id FROM sale`,
      [id, period.from, period.to],
    );
    return id;
  }
}

/** Periods with sales that are in no valid report, or that of one report, whatever its state. */
async function periodsOf(tx: EntityManager, reportId: string | null): Promise<readonly Period[]> {
  return tx.query(
    `SELECT s.period_from::text AS "from", s.period_to::text AS "to", min(s.due_on)::text AS "dueOn",
       bool_or(s.report_id IS NULL) AS "isIncomplete",
       (SELECT state FROM sales_report r WHERE r.period_from = s.period_from AND r.period_to = s.period_to
         ORDER BY created_at DESC, id DESC LIMIT 1) AS newest,
       EXISTS (SELECT FROM sales_report r WHERE r.period_from = s.period_from AND r.period_to = s.period_to
         AND state = 'SENT') AS "isSent"
     FROM reportable_sale s
     WHERE CASE WHEN $1::uuid IS NULL
       THEN (s.period_from, s.period_to) IN (SELECT period_from, period_to FROM reportable_sale WHERE report_id IS NULL)
       ELSE (s.period_from, s.period_to) IN (SELECT period_from, period_to FROM sales_report WHERE id = $1) END
     GROUP BY s.period_from, s.period_to ORDER BY s.period_from`,
    [reportId],
  );
}

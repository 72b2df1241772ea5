/** Database statements for the sending of reports of sales. What is reported is decided in sales-to-report.service.ts. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import {
  changed,
  returned,
  type Claimed,
  type DueRow,
  type DueStatements,
  type Lease,
} from "../../platform/due-rows/statements";
import { isId } from "../../shared/months";
import type { ReadMessage } from "./cdar";
import { isReportRejected } from "./life-cycle";
import type { ReportKind } from "./plan-reports";
import type { PlatformFlow } from "./platform";

export interface WaitingReport extends DueRow {
  readonly kind: ReportKind;
  /** "YYYY-MM-DD" */
  readonly from: string;
  readonly to: string;
}

export class ReportBook implements DueStatements<WaitingReport, string> {
  constructor(private readonly clock: Clock) {}

  async claim(tx: EntityManager, { now, until }: Lease): Promise<WaitingReport | null> {
    return returned<WaitingReport>(
      await tx.query(
        `UPDATE sales_report SET attempts = attempts + 1, next_try_at = $2
         WHERE id = (SELECT id FROM sales_report WHERE state = 'WAITING' AND next_try_at <= $1
           ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind, period_from::text AS "from", period_to::text AS "to", attempts - 1 AS attempts,
           created_at AS since`,
        [now, until],
      ),
    );
  }

  /** The ids of the documents that a report contains. */
  async documentsOf(tx: EntityManager, id: string): Promise<readonly string[]> {
    const rows: { id: string }[] = await tx.query(
      "SELECT document_id AS id FROM sales_report_document WHERE report_id = $1",
      [id],
    );
    return rows.map((row) => row.id);
  }

  /** `flowId` is the platform's id of the flow. */
  async done(tx: EntityManager, { id, heldUntil }: Claimed<WaitingReport>, flowId: string): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE sales_report SET state = 'SENT', flow_id = $3, next_try_at = NULL, failure = NULL, sent_at = $4
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, flowId, this.clock.now()],
      ),
    );
  }

  async retry(
    tx: EntityManager,
    { id, heldUntil }: Claimed<WaitingReport>,
    { at, failure }: { at: Date; failure: string | null },
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE sales_report SET next_try_at = $3, failure = coalesce($4, failure)
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, at, failure],
      ),
    );
  }

  async giveUp(
    tx: EntityManager,
    { id, heldUntil }: Claimed<WaitingReport>,
    failure: string,
  ): Promise<boolean> {
    const isHeld = changed(
      await tx.query(
        `UPDATE sales_report SET state = 'REFUSED', next_try_at = NULL, failure = $3
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, failure],
      ),
    );
    if (isHeld) await release(tx, id);
    return isHeld;
  }

  /**
   * The platform refused a report, whether or not it is being worked on or was sent. It is also found by our own
   * id, because the answer with the platform's id may have been lost.
   */
  async refused(tx: EntityManager, flow: PlatformFlow): Promise<void> {
    const ours = isId(flow.trackingId ?? "") ? flow.trackingId : null;
    const rows: { id: string }[] = await tx.query(
      "SELECT id FROM sales_report WHERE flow_id = $1 OR id = $2",
      [flow.flowId, ours],
    );
    for (const { id } of rows) await refuse(tx, id, flow.reason ?? "not accepted, without a reason");
  }

  /** Keeps what a life-cycle message says of a report, which it names by its id without hyphens. */
  async told(tx: EntityManager, message: ReadMessage, flowId: string): Promise<void> {
    if (!/^[0-9a-f]{32}$/.test(message.document)) return;
    const { document, code, at, reasons, reason, reasonCode } = message;
    const rows: { id: string }[] = await tx.query(
      `INSERT INTO sales_report_status (report_id, code, at, reasons, flow_id, received_at)
       SELECT id, $2, $3, $4, $5, $6 FROM sales_report WHERE id = $1::uuid
       ON CONFLICT DO NOTHING RETURNING report_id AS id`,
      [document, code, at, JSON.stringify(reasons), flowId, this.clock.now()],
    );
    const failure = [reasonCode, reason].filter((part) => part !== null).join(": ");
    for (const { id } of isReportRejected(code) ? rows : [])
      await refuse(tx, id, failure || `status ${code}`);
  }
}

async function refuse(tx: EntityManager, id: string, failure: string): Promise<void> {
  const isNews = changed(
    await tx.query(
      `UPDATE sales_report SET state = 'REFUSED', next_try_at = NULL, failure = $2
       WHERE id = $1 AND state <> 'REFUSED'`,
      [id, failure],
    ),
  );
  if (isNews) await release(tx, id);
}

/** The documents of a refused report are to be reported again. */
const release = (tx: EntityManager, id: string): Promise<unknown> =>
  tx.query("UPDATE reportable_sale SET report_id = NULL WHERE report_id = $1", [id]);

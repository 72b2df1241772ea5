/**
 * Reads from the platform what became of our flows: rejected flows, and the life-cycle messages of documents
 * and reports, each once. Each run asks for updates since a little before the last run, so duplicate, late and reordered
 * updates lead to the same result.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { serializeCalls } from "../../platform/serialize-calls";
import { isId } from "../../shared/months";
import { readMessages, type ReadMessage } from "./cdar";
import type { FlowBook } from "./flow-book.service";
import type { ReportBook } from "./report-book.service";
import type { Platform, PlatformFlow } from "./platform";

export interface LifeCycleDeps {
  readonly transact: Transact;
  readonly platform: Platform;
  readonly flows: FlowBook;
  readonly reports: ReportBook;
  /** "YYYY-MM-DD" */
  readonly since: string;
  readonly clock: Clock;
  readonly onError: (error: unknown, flowId: string) => void;
}

const overlapMs = 300_000;
const mostPages = 50;
/** A message that cannot be fetched for this long is given up, so that it no longer blocks the others. */
const givenUpAfterMs = 86_400_000;

type Outcome = "READ" | "LATER" | "NOTHING";

export class LifeCycleReader {
  constructor(private readonly deps: LifeCycleDeps) {}

  /** Returns the number of messages read. */
  readonly run = serializeCalls(() => this.work());

  private async work(): Promise<number> {
    const { transact, platform, since } = this.deps;
    const from = await transact({ role: "worker" }, (tx) => cursorOf(tx, since));
    let [after, read, isHeld] = [new Date(from.getTime() - overlapMs).toISOString(), 0, false];
    for (let page = 0; page < mostPages; page++) {
      const found = await platform.updatedAfter(after);
      const outcomes: Outcome[] = [];
      for (const flow of found) outcomes.push(await this.take(flow));
      read += outcomes.filter((outcome) => outcome === "READ").length;
      // The cursor stays before a message that could not be fetched, so the next run asks for it again.
      isHeld ||= outcomes.includes("LATER");
      const last = found.reduce((newest, { updatedAt }) => later(newest, updatedAt), after);
      if (!isHeld) await transact({ role: "worker" }, (tx) => moveCursor(tx, last));
      // An incomplete page is the last one, and a page that does not advance would be requested for ever. The
      // next page starts one millisecond earlier, because other flows may have been updated in the same
      // millisecond.
      const next = new Date(Date.parse(last) - 1).toISOString();
      if (found.length < platform.pageSize || next <= after) break;
      after = next;
    }
    return read;
  }

  private async take(flow: PlatformFlow): Promise<Outcome> {
    const { transact, flows, reports } = this.deps;
    if (flow.isLifeCycle && flow.isIncoming) return this.read(flow);
    if (flow.acknowledgement !== "ERROR") return "NOTHING";
    await transact({ role: "worker" }, async (tx) => {
      // Also matches by our own id, because the response with the platform's id may have been lost.
      const rows: { id: string }[] = await tx.query(
        "SELECT id FROM einvoice_flow WHERE flow_id = $1 OR id = $2",
        [flow.flowId, isId(flow.trackingId ?? "") ? flow.trackingId : null],
      );
      for (const { id } of rows) await flows.refused(tx, id, flow.reason ?? "not accepted, without a reason");
      await reports.refused(tx, flow);
    });
    return "NOTHING";
  }

  private async read({ flowId, updatedAt }: PlatformFlow): Promise<Outcome> {
    const { transact, onError, clock } = this.deps;
    const isRead = await transact({ role: "worker" }, async (tx) => {
      const rows: unknown[] = await tx.query("SELECT FROM einvoice_message WHERE flow_id = $1", [flowId]);
      return rows.length > 0;
    });
    if (isRead) return "NOTHING";
    const fetched = await this.fetched(flowId);
    const isLate = clock.now().getTime() - Date.parse(updatedAt) > givenUpAfterMs;
    if (fetched === null && !isLate) return "LATER";
    const messages =
      fetched === null
        ? "it could not be fetched for a day"
        : readable(fetched, (error) => {
            onError(error, flowId);
          });
    const isNew = await transact({ role: "worker" }, (tx) => this.keep(tx, flowId, messages));
    return isNew ? "READ" : "NOTHING";
  }

  private async fetched(flowId: string): Promise<string | null> {
    try {
      return await this.deps.platform.content(flowId);
    } catch (error) {
      this.deps.onError(error, flowId);
      return null;
    }
  }

  private async keep(
    tx: EntityManager,
    flowId: string,
    messages: readonly ReadMessage[] | string,
  ): Promise<boolean> {
    const now = this.deps.clock.now();
    const failure = typeof messages === "string" ? messages : null;
    const rows: unknown[] = await tx.query(
      `INSERT INTO einvoice_message (flow_id, read_at, failure)
       VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING true`,
      [flowId, now, failure],
    );
    if (rows.length === 0 || typeof messages === "string") return false;
    for (const message of messages) {
      await keepStatus(tx, message, { flowId, now });
      await this.deps.reports.told(tx, message, flowId);
    }
    return true;
  }
}

async function keepStatus(
  tx: EntityManager,
  { document, code, at, reasonCode, reason, reasons }: ReadMessage,
  { flowId, now }: { readonly flowId: string; readonly now: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO einvoice_status
       (document_id, supplier_id, code, at, reason_code, reason, reasons, flow_id, received_at)
     SELECT d.id, d.supplier_id, $2, $3, $4, $5, $6, $7, $8 FROM billing_document d
     WHERE d.name = $1 AND EXISTS (SELECT FROM einvoice_flow WHERE document_id = d.id) ON CONFLICT DO NOTHING`,
    [document, code, at, reasonCode, reason, JSON.stringify(reasons), flowId, now],
  );
}

/**
 * Parses a message. For an unreadable one it returns the problem, which is stored so that the message is not
 * fetched again.
 */
function readable(xml: string, onError: (error: unknown) => void): readonly ReadMessage[] | string {
  try {
    return readMessages(xml);
  } catch (error) {
    onError(error);
    return error instanceof Error ? error.message.slice(0, 200) : "unreadable";
  }
}

const later = (a: string, b: string): string => (Date.parse(b) > Date.parse(a) ? b : a);

async function cursorOf(tx: EntityManager, since: string): Promise<Date> {
  const rows: { at: Date }[] = await tx.query("SELECT updated_after AS at FROM einvoice_cursor");
  return rows[0]?.at ?? new Date(since);
}

const moveCursor = (tx: EntityManager, to: string): Promise<unknown> =>
  tx.query(
    `INSERT INTO einvoice_cursor AS cursor (one, updated_after) VALUES (true, $1)
     ON CONFLICT (one) DO UPDATE SET updated_after = greatest(cursor.updated_after, excluded.updated_after)`,
    [to],
  );
